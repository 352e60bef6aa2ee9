export { checkHead } from "./check-head";
export { insertRecords } from "./insert-records";
export { previewImport } from "./preview-import";
export { cancelImport, getImport, listImports } from "./read-imports";
export { receiveUpload, tooLarge, type Upload } from "./receive-upload";
export { runImport } from "./run-import";
export { MAX_IMPORT_ATTEMPTS, startImport } from "./start-import";
export { streamRefusals } from "./stream-refusals";
