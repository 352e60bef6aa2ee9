export { checkLabels } from "./check-labels";
export { copyLabels, removeCopiedLabels } from "./copy-labels";
export { ensureAnnotator } from "./ensure-annotator";
export { ensureImportedAnnotators } from "./ensure-imported-annotators";
export { labelMany, requireManyLabel, takeBackLabels } from "./label-many";
export { normalizeValue } from "./label-value";
export { listAnnotators } from "./list-annotators";
export { answerKey, presentAnswer, readOwnAnswers } from "./own-answers";
export { type OwnSpan, ownSpanSteps, prepareOwnSpans } from "./own-span-steps";
export { resolveLabel } from "./resolve-label";
export { resolvedAsNone } from "./resolved-as-none";
export { restoreOwnLabel } from "./restore-own-label";
export { takeBackResolved } from "./take-back-resolved";
export { writeAnnotations } from "./write-annotations";
export { writeAnswers } from "./write-answers";
export { writeEmptyLabels } from "./write-empty-labels";
export {
  CHANGED_LABELS,
  createImportedLabels,
  IMPORTED_LABELS,
  writeImportedLabels,
} from "./write-imported-labels";
export { type JobLabel, writeJobLabels } from "./write-job-labels";
