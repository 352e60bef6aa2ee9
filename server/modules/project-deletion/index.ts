export { deleteProject } from "./delete-project";
export { eraseProject } from "./erase-project";
