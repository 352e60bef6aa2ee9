export { assignSubset } from "./assign-subset";
export { createSubset } from "./create-subset";
export { deleteSubset } from "./delete-subset";
export { listAssignments } from "./list-assignments";
export { listSubsets } from "./list-subsets";
export { readSubset as getSubset } from "./subset-repository";
export { withdrawAssignment } from "./withdraw-assignment";
