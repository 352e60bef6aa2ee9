export { createAddressGuard } from "./address/address-guard";
export { checkBaseUrl } from "./address/check-base-url";
export { batchLimits } from "./batches/batch-limits";
export { createBatches } from "./batches/create-batches";
export { createLlm } from "./create-llm";
export { openResponse } from "./http/send-request";
export {
  type BatchItem,
  type BatchResult,
  type BatchState,
  type Embedder,
  type Llm,
  type LlmBatches,
  type LlmCompletion,
  LlmError,
  type LlmErrorKind,
  type LlmRequest,
  type LlmToken,
  type ModelDirectory,
  type ProviderRequest,
  type RateHint,
} from "./port";
export { type LlmSettings, llmSettings } from "./settings";
export { hasServerKey } from "./target";
