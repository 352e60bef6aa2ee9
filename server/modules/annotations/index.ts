export { ensureAnnotator } from "./ensure-annotator";
export { byCodePoint, normalizeValue } from "./label-value";
export { type JobLabel, type JobLabels, writeJobLabels } from "./write-job-labels";
