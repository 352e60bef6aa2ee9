export { getWork } from "./get-work";
export { listWork } from "./list-work";
