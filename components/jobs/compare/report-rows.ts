import type { Job } from "@/contracts/jobs";

type Unit = "count" | "share" | "cost" | "duration";

/** One figure of both jobs; null where a job does not have it. */
export type ReportRow = {
  name: string;
  unit: Unit;
  values: readonly [number | null, number | null];
  /** Why one may be missing. */
  reason?: string;
};

type Pair = readonly [Job, Job];

const row = (
  name: string,
  unit: Unit,
  [a, b]: Pair,
  of: (job: Job) => number | null,
  reason?: string,
): ReportRow => ({ name, unit, values: [of(a), of(b)], ...(reason === undefined ? {} : { reason }) });

/** From records to labels. */
export function funnelRows(jobs: Pair): ReportRow[] {
  return [
    row("Records", "count", jobs, ({ counts }) => counts.total),
    row("Left out as examples", "count", jobs, ({ counts }) => counts.examples),
    row("Without a prompt", "count", jobs, ({ counts }) => counts.promptInvalid - counts.examples),
    row("Answered", "count", jobs, ({ counts }) => counts.called),
    row("Calls given up", "count", jobs, ({ counts }) => counts.callFailed),
    row("Labelled", "count", jobs, ({ counts }) => counts.parsed),
    row("Unreadable", "count", jobs, ({ counts }) => counts.invalid),
    row(
      "Unreadable, of the answers",
      "share",
      jobs,
      ({ counts }) => share(counts.invalid, counts.called),
      "Nothing was answered",
    ),
  ];
}

const NO_CALL = "No call was made, or it was asked in batches";

/** Time, tokens, money. */
export function tookRows(jobs: Pair): ReportRow[] {
  const paid = ({ called, cached }: Job["counts"]) => called - cached;
  return [
    row("Half of the calls within", "duration", jobs, ({ latencyMs }) => latencyMs.p50, NO_CALL),
    row("95% of the calls within", "duration", jobs, ({ latencyMs }) => latencyMs.p95, NO_CALL),
    row("Time in all", "duration", jobs, ranFor, "The job has not ended yet"),
    row("Prompt tokens", "count", jobs, ({ tokens }) => tokens.prompt),
    row("Answer tokens", "count", jobs, ({ tokens }) => tokens.completion),
    row("Answered before, not paid again", "count", jobs, ({ counts }) => counts.cached),
    row("Cost", "cost", jobs, ({ costUsd }) => costUsd, "The price of the model is not known"),
    row(
      "Cost of 1,000 answers",
      "cost",
      jobs,
      ({ costUsd, counts }) =>
        costUsd === null || paid(counts) === 0 ? null : (1000 * costUsd) / paid(counts),
      "The price of the model is not known, or nothing was paid",
    ),
  ];
}

/** Every kind of error that one of them met, the most frequent first. */
export function errorRows(jobs: Pair): ReportRow[] {
  const kinds = [...new Set(jobs.flatMap(({ errors }) => errors.map(({ kind }) => kind)))];
  const countOf = (job: Job, kind: string) =>
    job.errors.filter((error) => error.kind === kind).reduce((sum, { count }) => sum + count, 0);
  return kinds
    .map((kind) => row(kind.replaceAll("_", " "), "count", jobs, (job) => countOf(job, kind)))
    .toSorted((one, other) => total(other) - total(one));
}

/** Every value that one of them gave, and in which share of its labels. */
export function distributionRows(label: string, jobs: Pair): ReportRow[] {
  const given = jobs.map((job) => job.distribution[label] ?? {});
  const values = [...new Set(given.flatMap((counts) => Object.keys(counts)))];
  const all = given.map((counts) => Object.values(counts).reduce((sum, count) => sum + count, 0));
  const shareOf = (place: 0 | 1, value: string) => share(given[place]?.[value] ?? 0, all[place] ?? 0);
  return values
    .map(
      (value): ReportRow => ({
        name: value,
        unit: "share",
        values: [shareOf(0, value), shareOf(1, value)],
        reason: "There is no label yet",
      }),
    )
    .toSorted((one, other) => total(other) - total(one));
}

const total = ({ values: [a, b] }: ReportRow): number => (a ?? 0) + (b ?? 0);
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const ranFor = ({ startedAt, finishedAt }: Job): number | null =>
  startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
