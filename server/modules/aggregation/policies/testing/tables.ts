import type { FitStep } from "../climb";
import { type Fit, rowOf, type VoteTable } from "../vote-table";

export type Judgement = { annotator: string; record: string; value: string };
/** With the record behind each pattern. */
export type RecordTable = VoteTable & { records: string[] };

/** A table in which each record is a pattern of its own, in the order in which records, annotators and values occur. */
export function tableOf(judgements: readonly Judgement[], weight = 1): RecordTable {
  const annotators = [...new Set(judgements.map(({ annotator }) => annotator))];
  const values = [...new Set(judgements.map(({ value }) => value))];
  const byRecord = new Map<string, Judgement[]>();
  for (const one of judgements) byRecord.set(one.record, [...(byRecord.get(one.record) ?? []), one]);
  const patterns = [...byRecord.values()].map((of) => ({
    raters: of.map(({ annotator }) => annotators.indexOf(annotator)),
    given: of.map(({ value }) => values.indexOf(value)),
    weights: of.map(() => weight),
    records: 1,
  }));
  return { annotators, values, patterns, records: [...byRecord.keys()] };
}

/** Runs a fit to its end, with what it maximised at each step of each start. */
export function finish(steps: Generator<FitStep, Fit>): { fit: Fit; steps: FitStep[] } {
  const taken: FitStep[] = [];
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { fit: value, steps: taken };
    taken.push(value);
  }
}

/** How likely each value of each record is, whatever the order of the table's lists. */
export function posteriorsOf({ values, records }: RecordTable, { posteriors }: Fit) {
  return new Map(
    records.map((record, row) => {
      const shares = rowOf(posteriors, row, values.length);
      return [record, new Map(values.map((value, i) => [value, shares[i] ?? Number.NaN]))];
    }),
  );
}

/** Share of the records whose likeliest value is right; of values that share the first place each counts its part. */
export function accuracyOf(truth: ReadonlyMap<string, string>, table: RecordTable, fit: Fit): number {
  let right = 0;
  for (const [record, shares] of posteriorsOf(table, fit)) {
    const most = Math.max(...shares.values());
    const front = table.values.filter((value) => (shares.get(value) ?? 0) >= most - 1e-9);
    if (front.includes(truth.get(record) ?? "")) right += 1 / front.length;
  }
  return right / table.records.length;
}
