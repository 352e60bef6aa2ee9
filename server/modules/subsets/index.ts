export { askedLabels } from "./assignments/asked-labels";
export { assignSubset } from "./assignments/assign-subset";
export { listAssignments } from "./assignments/list-assignments";
export { patchAssignment } from "./assignments/patch-assignment";
export { restoreAssignment } from "./assignments/restore-assignment";
export { withdrawAssignment } from "./assignments/withdraw-assignment";
export { changeSubsetRecords } from "./change-subset-records";
export { countOldSubsets } from "./count-subset";
export { createSubset } from "./create-subset";
export { deleteSubset } from "./delete-subset";
export { getSubset } from "./get-subset";
export { listSubsets } from "./list-subsets";
export {
  addToSubset,
  removeFromSubset,
  requireStaticSubset,
  takeBackAddition,
  takeBackRemoval,
} from "./many-records";
export { previewSubset } from "./preview-subset";
export { renameSubset } from "./rename-subset";
