export type { AnswerNames } from "./answer/distribute-over-options";
export type { TrainingExample } from "./classifier/train-classifier";
export { builtinModel, offerBuiltinModel, withdrawBuiltinModel } from "./current-model";
export { MODEL_NAME as BUILTIN_MODEL_NAME } from "./endpoint/present-completion";
export { type BuiltinModel, type BuiltinModelOptions, startBuiltinModel } from "./start-builtin-model";
