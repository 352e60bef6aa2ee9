export type { TrainingExample } from "./classifier";
export type { AnswerNames } from "./option-distribution";
export { MODEL_NAME as BUILTIN_MODEL_NAME } from "./present-completion";
export { type BuiltinModel, type BuiltinModelOptions, startBuiltinModel } from "./start-builtin-model";
