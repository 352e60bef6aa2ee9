import { confidenceSource, parseAnswer, selfConsistency } from "@/server/modules/agents";
import type { JobLabel } from "@/server/modules/annotations";
import { type AnswerToRead, jobLabel, REFUSED, type ReadAnswer, type Reading } from "./read-answer";

/**
 * Reads the job's labels from the answers to one prompt that was asked several times: of each label the value that
 * most of them give, with its share as confidence. Where none leads, the label is not read and the reason is `tie`.
 * `confSamples` and `confVotes` stand beside the number.
 *
 * @param samples the answers about one record, in any order; at least one
 */
export function readAnswerSamples(samples: readonly AnswerToRead[], reading: Reading): ReadAnswer {
  const [first] = samples;
  if (!first) throw new Error("There is no answer to read.");
  const read = samples.map(({ raw, finishReason }) =>
    finishReason === REFUSED
      ? {}
      : parseAnswer(raw, reading.promptedLabels, { cut: finishReason === "length" }),
  );
  const labels: JobLabel[] = [];
  let reason: string | null = null;
  for (const definition of reading.promptedLabels) {
    if (!reading.labels.includes(definition.name)) continue;
    const answers = read.map((answer) => answer[definition.name]);
    const chosen = selfConsistency(answers.map((answer) => (answer?.ok ? answer.value : null)));
    if (!chosen.ok) {
      const one = answers.find((answer) => answer !== undefined && !answer.ok);
      reason ??= chosen.reason === "tie" ? "tie" : one && !one.ok ? one.reason : REFUSED;
      continue;
    }
    const { value, conf, samples: confSamples, votes: confVotes } = chosen;
    const details = { confSamples, confVotes, ...confidenceSource("self-consistency", first.servedModel) };
    const confidence = reading.withConf
      ? { conf, method: "self-consistency" as const, probabilities: null, details }
      : { conf: null, reason: "not_asked" };
    labels.push(jobLabel(first, definition, value, confidence, reading));
  }
  return { recordId: first.recordId, reason, labels };
}
