export { createSampleProject } from "./create-sample-project";
