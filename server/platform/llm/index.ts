export { checkBaseUrl } from "./address/check-base-url";
export { createLlm } from "./create-llm";
export {
  type Embedder,
  type Llm,
  type LlmCompletion,
  LlmError,
  type LlmErrorKind,
  type LlmRequest,
  type LlmToken,
  type ModelDirectory,
  type RateHint,
} from "./port";
export { hasServerKey } from "./target";
