export { deleteRecord } from "./delete-record";
export {
  cancelImport,
  checkHead,
  getImport,
  insertRecords,
  listImports,
  MAX_IMPORT_ATTEMPTS,
  previewImport,
  receiveUpload,
  runImport,
  startImport,
  streamRefusals,
  tooLarge,
  type Upload,
} from "./import";
export { putMetadata } from "./put-metadata";
