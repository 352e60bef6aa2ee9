export { copyLabels, removeCopiedLabels } from "./copy-labels";
export { ensureAnnotator } from "./ensure-annotator";
export { labelMany, requireManyLabel, takeBackLabels } from "./label-many";
export { normalizeValue } from "./label-value";
export { listAnnotators } from "./list-annotators";
export { writeAnnotations } from "./write-annotations";
export { type JobLabel, writeJobLabels } from "./write-job-labels";
