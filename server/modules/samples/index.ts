export { createSampleProject, type SampleProject } from "./create-sample-project";
