export type { ModelConfig, ModelPrice, PromptSettings } from "@/contracts/agents";
export type { LabelDefinition } from "@/contracts/label-schema";
export {
  type OptionProbability,
  type OptionProbabilityInput,
  optionProbability,
} from "./answers/option-probability";
export { type LabelAnswer, parseAnswer } from "./answers/parse-answer";
export type { InvalidReason } from "./answers/read-value";
export type { AnswerToken, TokenChoice } from "./answers/token-text";
export { createAgent } from "./create-agent";
export { createAgentVersion } from "./create-agent-version";
export { deleteAgent } from "./delete-agent";
export { diffAgentVersions } from "./diff-agent-versions";
export { getAgent } from "./get-agent";
export { getAgentVersion } from "./get-agent-version";
export { listAgents } from "./list-agents";
export { type ModelConfigResult, validateModelConfig } from "./model-config";
export { modelParameters } from "./model-parameters";
export { patchAgent } from "./patch-agent";
export { previewAgent } from "./preview-agent";
export { previewDraft } from "./preview-draft";
export { previewSchemaPrompt } from "./preview-schema-prompt";
export { costMicroUsd, type DatedPrice, listedPrice, priceOf, type TokenUsage } from "./prices";
export { buildTemplate, promptedLabels } from "./prompt/build-template";
export {
  type ChatMessage,
  countTokens,
  loadTokenCounter,
  type TokenCount,
  type TokenCounter,
} from "./prompt/count-tokens";
export type { PromptTemplate } from "./prompt/prompt-template";
export {
  type PromptMessage,
  type PromptRecord,
  type PromptSegment,
  type RenderedPrompt,
  renderPrompt,
  renderTemplate,
} from "./prompt/render-prompt";
export { type MetadataNames, validateTemplate } from "./prompt/validate-template";
export { tryOut } from "./try-out";
