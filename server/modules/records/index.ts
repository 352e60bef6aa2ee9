export { deleteRecord } from "./delete-record";
export { cancelEmbeddings, listEmbeddingRuns } from "./embeddings/embedding-runs";
export { giveUpEmbeddings, runEmbeddings } from "./embeddings/run-embeddings";
export { MAX_EMBEDDING_ATTEMPTS, startEmbeddings } from "./embeddings/start-embeddings";
export { eraseRecord } from "./erase-record";
export {
  cancelImport,
  checkHead,
  dropStoredFiles,
  type FileRow,
  getImport,
  giveUpImport,
  insertRecords,
  type LabelImport,
  type LabelledRow,
  type LabelReader,
  type LabelRun,
  listImports,
  MAX_IMPORT_ATTEMPTS,
  previewFile,
  previewImport,
  previewUrl,
  receiveUpload,
  runImport,
  STAGED_ROWS,
  startImport,
  startUrlImport,
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
export { mergeMetadata } from "./merge-metadata";
export { patchRecord } from "./patch-record";
export { putMetadata } from "./put-metadata";
export { restoreRecord } from "./restore-record";
export { buildVectorIndex } from "./vectors/build-vector-index";
export { putVectors } from "./vectors/put-vectors";
export { deleteVectorSpace, listVectorSpaces } from "./vectors/vector-spaces";
