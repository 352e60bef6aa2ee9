export { faultMix } from "./fault-mix";
export type { DoubleCall, Fault } from "./faults";
export { type LlmDouble, type LlmDoubleOptions, type SentCompletion, startLlmDouble } from "./llm-double";
export { expectedConfidence, seededAnswer } from "./seeded-answer";
