export { byCodePoint } from "@/server/platform/code-point-order";
export { ensureAnnotator } from "./ensure-annotator";
export { normalizeValue } from "./label-value";
export { listAnnotators } from "./list-annotators";
export { writeAnnotations } from "./write-annotations";
export { type JobLabel, type JobLabels, writeJobLabels } from "./write-job-labels";
