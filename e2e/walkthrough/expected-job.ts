import {
  type DoubleCall,
  expectedConfidence,
  type LlmDouble,
  seededAnswer,
} from "@/server/testing/llm-double";
import type { SourceRow } from "./figures";
import { doubleSettings, valueOfText } from "./scenario";

/** What a job must have made of one record; null: its answer can't be read. */
type ExpectedLabel = { value: string; conf: number } | null;

export type ExpectedJob = {
  /** By external id. */
  labels: Map<string, ExpectedLabel>;
  parsed: number;
  invalid: number;
  /** Different prompts: what a provider is asked, each once. */
  prompts: number;
  distribution: Record<string, number>;
  /** Of the calls. */
  tokens: { prompt: number; completion: number };
};

/**
 * What the job over these records must come to, from what arrived at the provider and the double's own function
 * of a prompt: no code of the product has a part in it.
 * @param calls those of this job alone
 */
export function expectedJob(rows: readonly SourceRow[], calls: readonly DoubleCall[]): ExpectedJob {
  const labels = new Map<string, ExpectedLabel>();
  const distribution: Record<string, number> = {};
  const asked = new Set<string>();
  const tokens = { prompt: 0, completion: 0 };
  for (const row of rows) {
    const call = callFor(row, calls);
    const answer = seededAnswer(call, doubleSettings);
    const [field] = answer.fields;
    const label =
      answer.kind === "valid" && field
        ? { value: valueOfText[field.chosen] ?? "", conf: expectedConfidence(field) }
        : null;
    labels.set(row.id, label);
    if (label) distribution[label.value] = (distribution[label.value] ?? 0) + 1;
    if (!asked.has(call.prompt)) {
      tokens.prompt += answer.usage.prompt;
      tokens.completion += answer.usage.completion;
    }
    asked.add(call.prompt);
  }
  const parsed = [...labels.values()].filter((label) => label !== null).length;
  return { labels, parsed, invalid: rows.length - parsed, prompts: asked.size, distribution, tokens };
}

/** All prompts of a job have the same words around the record, so the shortest that holds the text is the record's. */
function callFor(row: SourceRow, calls: readonly DoubleCall[]): DoubleCall {
  const holding = calls.filter((call) => call.prompt.includes(row.content));
  const [shortest] = holding.sort((one, other) => one.prompt.length - other.prompt.length);
  if (!shortest) throw new Error(`the provider was never asked about record ${row.id}`);
  return shortest;
}

/** Runs `work` and gives the calls that arrived while it ran. */
export async function callsDuring<T>(double: LlmDouble, work: () => Promise<T>): Promise<[T, DoubleCall[]]> {
  const before = double.calls.length;
  const result = await work();
  return [result, double.calls.slice(before)];
}

export type ExpectedComparison = {
  n: number;
  correct: number;
  both: number;
  onlyA: number;
  onlyB: number;
  neither: number;
};

/** How often two jobs are right on the records that both have labelled. */
export function expectedPair(rows: readonly SourceRow[], a: ExpectedJob, b: ExpectedJob): ExpectedComparison {
  const counts = { n: 0, correct: 0, both: 0, onlyA: 0, onlyB: 0, neither: 0 };
  for (const { id, gold } of rows) {
    const [labelA, labelB] = [a.labels.get(id), b.labels.get(id)];
    if (!labelA || !labelB) continue;
    const [rightA, rightB] = [labelA.value === gold, labelB.value === gold];
    counts.n++;
    if (rightA && rightB) counts.both++;
    else if (rightA) counts.onlyA++;
    else if (rightB) counts.onlyB++;
    else counts.neither++;
  }
  return { ...counts, correct: counts.both + counts.onlyA };
}

/** Right and labelled records of one job. */
export function expectedAccuracy(
  rows: readonly SourceRow[],
  job: ExpectedJob,
): { n: number; correct: number } {
  const labelled = rows.filter(({ id }) => job.labels.get(id));
  return {
    n: labelled.length,
    correct: labelled.filter(({ id, gold }) => job.labels.get(id)?.value === gold).length,
  };
}

/** Records to which both jobs gave labels that differ. */
export function expectedConflicts(rows: readonly SourceRow[], a: ExpectedJob, b: ExpectedJob): string[] {
  return rows
    .filter(({ id }) => {
      const [labelA, labelB] = [a.labels.get(id), b.labels.get(id)];
      return labelA && labelB && labelA.value !== labelB.value;
    })
    .map(({ id }) => id);
}
