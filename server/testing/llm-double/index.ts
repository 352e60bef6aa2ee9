export type { DoubleCall, Fault } from "./faults";
export { type LlmDouble, type LlmDoubleOptions, startLlmDouble } from "./llm-double";
export {
  type DoubleField,
  expectedConfidence,
  type SeededAnswer,
  type SeededRequest,
  type SeededSettings,
  seededAnswer,
} from "./seeded-answer";
