export { assignSubset } from "./assign-subset";
export { createSubset } from "./create-subset";
export { deleteSubset } from "./delete-subset";
export { getSubset } from "./get-subset";
export { listAssignments } from "./list-assignments";
export { listSubsets } from "./list-subsets";
export { withdrawAssignment } from "./withdraw-assignment";
