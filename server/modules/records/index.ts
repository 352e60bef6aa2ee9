export { deleteRecord } from "./delete-record";
export { eraseRecord } from "./erase-record";
export {
  cancelImport,
  checkHead,
  type FileRow,
  getImport,
  type ImportHooks,
  insertRecords,
  type LabelImport,
  type LabelledRow,
  type LabelReader,
  type LabelRun,
  listImports,
  MAX_IMPORT_ATTEMPTS,
  previewImport,
  receiveUpload,
  runImport,
  STAGED_ROWS,
  startImport,
  streamRefusals,
  tooLarge,
  type Upload,
} from "./import";
export { listExcludedRecords } from "./list-excluded-records";
export {
  type ChangedRecord,
  countSkipped,
  excludeRecords,
  includeRecords,
  type MadeChange,
  type SetChange,
  type SetRevert,
  type SkipCounts,
  setMetadata,
  takeBackExclusion,
  takeBackInclusion,
  takeBackMetadata,
  withoutChanged,
} from "./many";
export { patchRecord } from "./patch-record";
export { putMetadata } from "./put-metadata";
export { restoreRecord } from "./restore-record";
