import {
  type AnswerToken,
  type LabelDefinition,
  optionProbability,
  parseAnswer,
} from "@/server/modules/agents";
import type { JobLabel } from "@/server/modules/annotations";

/** What reading an answer needs to know of its job. */
export type Reading = {
  promptedLabels: LabelDefinition[];
  labels: readonly string[];
  withConf: boolean;
  withLength: boolean;
};
export type AnswerToRead = {
  recordId: string;
  raw: string;
  finishReason: string | null;
  tokens: readonly AnswerToken[] | null;
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
export function readAnswer(
  { recordId, raw, finishReason, tokens }: AnswerToRead,
  reading: Reading,
): ReadAnswer {
  if (finishReason === REFUSED) return { recordId, reason: REFUSED, labels: [] };
  const answers = parseAnswer(raw, reading.promptedLabels, { cut: finishReason === "length" });
  const labels: JobLabel[] = [];
  let reason: string | null = null;
  for (const definition of reading.promptedLabels) {
    if (!reading.labels.includes(definition.name)) continue;
    const answer = answers[definition.name];
    if (!answer?.ok) {
      reason ??= answer?.reason ?? "no_field";
      continue;
    }
    const confidence = confidenceOf(raw, tokens, definition, answer, reading.withConf);
    const metadata: JobLabel["metadata"] = {
      ...(reading.withLength ? { length: [...raw].length } : {}),
      ...("mass" in confidence ? { confMass: confidence.mass } : {}),
    };
    labels.push({
      recordId,
      label: definition.name,
      level: definition.level,
      value: answer.value,
      conf: confidence.conf,
      confMethod: confidence.conf === null ? null : confidence.method,
      confReason: confidence.conf === null ? confidence.reason : null,
      probabilities: confidence.conf === null ? null : confidence.probabilities,
      metadata,
    });
  }
  return { recordId, reason, labels };
}

function confidenceOf(
  raw: string,
  tokens: readonly AnswerToken[] | null,
  label: LabelDefinition,
  answer: { value: string[]; start: number; end: number },
  asked: boolean,
): ReturnType<typeof optionProbability> | { conf: null; reason: "not_asked" } {
  if (!asked) return { conf: null, reason: "not_asked" };
  const [value = ""] = answer.value;
  return optionProbability({ raw, tokens, range: { start: answer.start, end: answer.end }, label, value });
}
