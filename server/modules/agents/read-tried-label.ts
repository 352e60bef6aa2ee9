import type { TryOutItem } from "@/contracts/agents";
import type { ConfidenceMethod } from "@/contracts/confidence";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { LlmCompletion } from "@/server/platform/llm";
import { parseAnswer } from "./answers/parse-answer";
import { labelConfidence } from "./confidence/label-confidence";
import { readSpans } from "./spans/read-spans";

type TriedLabel = TryOutItem["labels"][number];

/** How one answer is read, as a job of this agent would. */
export type TriedReading = {
  labels: readonly LabelDefinition[];
  confidence: ConfidenceMethod;
  content: string;
};

/** What a job would read of one label from an answer about a record with this content. */
export function readTriedLabel(
  { text, tokens, finishReason, servedModel }: LlmCompletion,
  label: LabelDefinition,
  { labels, confidence, content }: TriedReading,
): TriedLabel {
  const { name } = label;
  const nothing = { name, value: null, conf: null, confMethod: null, confReason: null };
  if (label.level === "span") {
    const { spans = [], reason = "no_field" } = readSpans(text, labels, content)[name] ?? {};
    return { ...nothing, spans: spans.map(({ start, end, value }) => ({ start, end, value })), reason };
  }
  const read = parseAnswer(text, labels, { cut: finishReason === "length" })[name];
  if (!read?.ok) return { ...nothing, reason: read?.reason ?? "no_field" };
  const { value, start, end } = read;
  const found = labelConfidence({
    method: confidence,
    raw: text,
    tokens,
    label,
    labels,
    value,
    range: { start, end },
    model: servedModel,
  });
  return found.conf === null
    ? { ...nothing, value, confReason: found.reason, reason: null }
    : { name, value, conf: found.conf, confMethod: found.method, confReason: null, reason: null };
}
