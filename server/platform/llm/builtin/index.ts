export { offerBuiltinModel, withdrawBuiltinModel } from "./current-model";
export { MODEL_NAME as BUILTIN_MODEL_NAME } from "./endpoint/present-completion";
export { type BuiltinModel, startBuiltinModel } from "./start-builtin-model";
