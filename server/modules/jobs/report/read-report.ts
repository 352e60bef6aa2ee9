import type { Job } from "@/contracts/jobs";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";

/** What a job's report says that is counted from rows; kept in the job's row when it has ended. */
export type JobReport = Pick<
  Job,
  | "counts"
  | "distribution"
  | "invalidAnswers"
  | "errors"
  | "confidence"
  | "tokens"
  | "latencyMs"
  | "servedModels"
>;

export type ReportedJob = {
  projectId: string;
  id: string;
  labels: readonly string[];
  /** The model asked for. */
  model: string;
  uncertain: number;
  /** Why the job itself paused or failed. */
  error: { kind: string; message: string } | null;
};

const CONF_BINS = 10;
const MOST_ANSWERS = 20;
const LONGEST_ANSWER = 300;

/** Counts a job's report from its items and labels as they are now. */
export async function readReport(db: Db, job: ReportedJob): Promise<JobReport> {
  const items = sql`from "JobItem" i where i."projectId" = ${job.projectId}::uuid and i."jobId" = ${job.id}::uuid`;
  const [totals, invalidAnswers, errors, served, distribution, confidence] = await Promise.all([
    readTotals(db, items),
    readInvalidAnswers(db, items),
    readErrors(db, items),
    readServedModels(db, items),
    readDistribution(db, job),
    readConfidence(db, job),
  ]);
  return {
    counts: { ...totals.counts, uncertain: job.uncertain },
    tokens: totals.tokens,
    latencyMs: totals.latencyMs,
    invalidAnswers,
    errors: job.error ? [{ kind: job.error.kind, count: 1, sample: job.error.message }, ...errors] : errors,
    distribution,
    confidence,
    servedModels: served.every(({ name }) => name === job.model) ? [] : served,
  };
}

type Totals = Pick<JobReport, "tokens" | "latencyMs"> & { counts: Omit<JobReport["counts"], "uncertain"> };

/** Tokens of answers that were shared count once: where they were paid. */
async function readTotals(db: Db, items: Sql): Promise<Totals> {
  const [row] = await queryRows<Totals>(
    db,
    sql`select json_build_object(
        'total', count(*),
        'prompted', count(*) filter (where i."promptHash" is not null),
        'promptInvalid', count(*) filter (where i."status" = 'promptInvalid'),
        'examples', count(*) filter (where i."status" = 'promptInvalid' and i."reason" = 'example'),
        'called', count(*) filter (where i."answeredAt" is not null),
        'callFailed', count(*) filter (where i."status" = 'callFailed'),
        'parsed', count(*) filter (where i."status" = 'parsed'),
        'invalid', count(*) filter (where i."status" = 'invalid'),
        'cached', count(*) filter (where i."cached")
      ) as "counts",
      json_build_object(
        'prompt', coalesce(sum(i."promptTokens") filter (where not i."cached"), 0),
        'completion', coalesce(sum(i."completionTokens") filter (where not i."cached"), 0),
        'estimated', coalesce(bool_or(i."tokensEstimated"), false)
      ) as "tokens",
      json_build_object(
        'p50', percentile_cont(0.5) within group (order by i."latencyMs") filter (where not i."cached"),
        'p95', percentile_cont(0.95) within group (order by i."latencyMs") filter (where not i."cached")
      ) as "latencyMs"
      ${items}`,
  );
  if (!row) throw new Error("A count gave no row.");
  return row;
}

function readInvalidAnswers(db: Db, items: Sql): Promise<JobReport["invalidAnswers"]> {
  return queryRows(
    db,
    sql`select given."text", count(*)::int as "count"
      from (select left(coalesce(i."rawAnswer", ''), ${LONGEST_ANSWER}::int) as "text" ${items}
        and i."status" = 'invalid') given
      group by 1 order by 2 desc, given."text" collate "C" limit ${MOST_ANSWERS}::int`,
  );
}

function readErrors(db: Db, items: Sql): Promise<JobReport["errors"]> {
  return queryRows(
    db,
    sql`select coalesce(i."errorKind", 'unknown') as "kind", count(*)::int as "count",
        coalesce(min(i."errorMessage" collate "C"), '') as "sample"
      ${items} and (i."status" = 'callFailed' or i."status" = 'promptInvalid' and i."reason" <> 'example')
      group by 1 order by 2 desc, 1`,
  );
}

function readServedModels(db: Db, items: Sql): Promise<JobReport["servedModels"]> {
  return queryRows(
    db,
    sql`select i."servedModel" as "name", count(*)::int as "count" ${items} and i."servedModel" is not null
      group by 1 order by 2 desc, i."servedModel" collate "C" limit 20`,
  );
}

const ownLabels = ({ projectId, id }: ReportedJob): Sql =>
  sql`"Annotation" a where a."projectId" = ${projectId}::uuid and a."annotatorId" = ${id}::uuid`;

async function readDistribution(db: Db, job: ReportedJob): Promise<JobReport["distribution"]> {
  const rows = await queryRows<{ label: string; value: string; count: number }>(
    db,
    sql`select given."label", given."value", count(*)::int as "count"
      from (select a."labelName" as "label", unnest(a."value") as "value" from ${ownLabels(job)}) given
      group by 1, 2 order by 3 desc, given."value" collate "C"`,
  );
  return Object.fromEntries(
    job.labels.map((label) => [
      label,
      Object.fromEntries(rows.filter((row) => row.label === label).map((row) => [row.value, row.count])),
    ]),
  );
}

async function readConfidence(db: Db, job: ReportedJob): Promise<JobReport["confidence"]> {
  const rows = await queryRows<{ bin: number | null; count: number }>(
    db,
    sql`select case when a."conf" is null then null
          else least(floor(a."conf" * ${CONF_BINS}::int), ${CONF_BINS}::int - 1)::int end as "bin",
        count(*)::int as "count"
      from ${ownLabels(job)} group by 1`,
  );
  const inBin = (bin: number | null) => rows.find((row) => row.bin === bin)?.count ?? 0;
  return {
    bins: Array.from({ length: CONF_BINS }, (_, bin) => ({
      from: bin / CONF_BINS,
      to: (bin + 1) / CONF_BINS,
      count: inBin(bin),
    })),
    missing: inBin(null),
  };
}
