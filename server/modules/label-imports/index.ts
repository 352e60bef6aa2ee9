export { labelImport } from "./label-import";
