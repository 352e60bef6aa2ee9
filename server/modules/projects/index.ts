export { createProject } from "./create-project";
export { diffSchemaVersions } from "./diff-schema-versions";
export { getProject } from "./get-project";
export { findActiveSchema, getSchema } from "./get-schema";
export { listProjects } from "./list-projects";
export { listSchemaVersions } from "./list-schema-versions";
export { patchProject } from "./patch-project";
export { putSchema } from "./put-schema";
export { requireRecordLabel } from "./require-record-label";
