import type { ConfidenceMethod } from "@/contracts/confidence";
import { NO_SPAN } from "@/contracts/records";
import {
  type AnswerToken,
  type LabelConfidence,
  type LabelDefinition,
  labelConfidence,
  parseAnswer,
  type ReadSpan,
  readSpans,
} from "@/server/modules/agents";
import type { JobLabel } from "@/server/modules/annotations";

/** What reading an answer needs to know of its job. */
export type Reading = {
  promptedLabels: LabelDefinition[];
  labels: readonly string[];
  withConf: boolean;
  withLength: boolean;
  /** Where the agent's confidence comes from. */
  confidence: ConfidenceMethod;
};
export type AnswerToRead = {
  recordId: string;
  raw: string;
  finishReason: string | null;
  tokens: readonly AnswerToken[] | null;
  /** The model that answered, by its own word. */
  servedModel: string | null;
};
/** What is known of the record an answer is about. */
export type RecordContext = {
  /** Its text, where the job reads spans. */
  text?: string | undefined;
  /** By label: what the jobs gave that the agent is to be compared with; null where one gave nothing. */
  others?: Readonly<Record<string, readonly (readonly string[] | null)[]>> | undefined;
};
export type ReadAnswer = {
  recordId: string;
  /** null: every label of the job was read. */
  reason: string | null;
  labels: JobLabel[];
};

/** The finish reason under which a refusal is kept; providers state it beside the text. */
export const REFUSED = "refusal";

/**
 * Reads the job's labels from an answer, each with its confidence. An answer from which one of them can't be read is
 * invalid as a whole; what was read from it with certainty is kept, since it was paid for and is not a guess.
 */
export function readAnswer(answer: AnswerToRead, reading: Reading, context: RecordContext = {}): ReadAnswer {
  const { recordId, raw, finishReason } = answer;
  if (finishReason === REFUSED) return { recordId, reason: REFUSED, labels: [] };
  const records = parseAnswer(raw, reading.promptedLabels, { cut: finishReason === "length" });
  const spans = context.text === undefined ? {} : readSpans(raw, reading.promptedLabels, context.text);
  const labels: JobLabel[] = [];
  let reason: string | null = null;
  for (const definition of reading.promptedLabels) {
    const { name } = definition;
    if (!reading.labels.includes(name)) continue;
    if (definition.level === "span") {
      const read = spans[name];
      reason ??= read ? read.reason : "no_field";
      for (const span of read?.spans ?? []) labels.push(spanLabel(answer, definition, span, reading));
      if (read?.reason === null && read.spans.length === 0) labels.push(noSpan(answer, definition, reading));
      continue;
    }
    const read = records[name];
    if (!read?.ok) {
      reason ??= read?.reason ?? "no_field";
      continue;
    }
    const { value, start, end } = read;
    const confidence = confidenceOf(answer, definition, { value, range: { start, end } }, reading, context);
    labels.push(jobLabel(answer, definition, value, confidence, reading));
  }
  return { recordId, reason, labels };
}

type Found = { value: readonly string[]; range: { start: number; end: number } };

function confidenceOf(
  { raw, tokens, servedModel }: AnswerToRead,
  label: LabelDefinition,
  { value, range }: Found,
  { withConf, confidence, promptedLabels }: Reading,
  { others = {} }: RecordContext,
): LabelConfidence {
  if (!withConf) return { conf: null, reason: "not_asked" };
  return labelConfidence({
    method: confidence,
    raw,
    tokens,
    label,
    labels: promptedLabels,
    value,
    range,
    model: servedModel,
    others: others[label.name],
  });
}

/** A span's confidence is that of its option: that there is a span at all is taken as given. */
function spanLabel(answer: AnswerToRead, label: LabelDefinition, span: ReadSpan, reading: Reading): JobLabel {
  const { start, end, value, method, score } = span;
  const confidence = confidenceOf(answer, label, span, reading, {});
  const written = jobLabel(answer, label, value, confidence, reading);
  const quoted = method === "normalised" || method === "fuzzy";
  const alignment: JobLabel["metadata"] = quoted ? { alignment: method, alignmentScore: score } : {};
  return { ...written, start, end, metadata: { ...written.metadata, ...alignment } };
}

/** That there is no span is an answer too, which people can verify. */
function noSpan(answer: AnswerToRead, label: LabelDefinition, reading: Reading): JobLabel {
  const confidence: LabelConfidence = { conf: null, reason: reading.withConf ? "no_span" : "not_asked" };
  return { ...jobLabel(answer, label, [], confidence, reading), start: NO_SPAN, end: NO_SPAN };
}

/** A label as it is written, with what is kept beside it. */
export function jobLabel(
  { recordId, raw }: Pick<AnswerToRead, "recordId" | "raw">,
  { name, level }: LabelDefinition,
  value: readonly string[],
  confidence: LabelConfidence,
  { withLength }: Reading,
): JobLabel {
  const known = confidence.conf !== null;
  return {
    recordId,
    label: name,
    level,
    value,
    conf: confidence.conf,
    confMethod: known ? confidence.method : null,
    confReason: known ? null : confidence.reason,
    probabilities: known ? confidence.probabilities : null,
    metadata: { ...(withLength ? { length: [...raw].length } : {}), ...(known ? confidence.details : {}) },
  };
}
