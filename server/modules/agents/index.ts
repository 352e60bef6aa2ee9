export {
  type OptionProbability,
  type OptionProbabilityInput,
  optionProbability,
} from "./answers/option-probability";
export { type LabelAnswer, parseAnswer } from "./answers/parse-answer";
export type { InvalidReason } from "./answers/read-value";
export type { AnswerToken, TokenChoice } from "./answers/token-text";
export type { LabelDefinition, OptionDefinition, Problem } from "./label-definition";
export {
  type ModelConfig,
  type ModelConfigResult,
  type ModelPrice,
  REASONING_EFFORTS,
  validateModelConfig,
} from "./model-config";
export { costMicroUsd, type DatedPrice, listedPrice, priceOf, type TokenUsage } from "./prices";
export { buildTemplate, promptedLabels } from "./prompt/build-template";
export {
  type ChatMessage,
  countTokens,
  loadTokenCounter,
  type TokenCount,
  type TokenCounter,
} from "./prompt/count-tokens";
export type { LineChange } from "./prompt/diff-lines";
export {
  diffVersions,
  type ParameterChange,
  type SectionChange,
  type VersionContent,
  type VersionDiff,
} from "./prompt/diff-versions";
export { PROMPT_VARIABLES, type PromptVariable } from "./prompt/placeholders";
export type { PromptExample, PromptSettings, PromptTemplate } from "./prompt/prompt-settings";
export {
  type PromptMessage,
  type PromptRecord,
  type PromptSegment,
  type RenderedPrompt,
  renderPrompt,
  renderTemplate,
} from "./prompt/render-prompt";
export { type MetadataNames, validateTemplate } from "./prompt/validate-template";
export { DEFAULT_FORMAT_INSTRUCTION, DEFAULT_TASK_INSTRUCTION } from "./prompt/wording";
