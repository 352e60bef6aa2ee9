export { changeSchema } from "./change-schema";
export { listMappings } from "./list-mappings";
export { failMapping, mapLabels } from "./map-labels";
export { previewSchemaChange } from "./preview-schema-change";
export { undoMapping } from "./undo-mapping";
