import type { AcceptPlan } from "@/contracts/acceptance";
import { verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { decides } from "../decides";
import { type JobLabels, labelsStep } from "../job-labels";
import type { Candidate } from "../statistics/accept-threshold";

/** Steps of two percent of the labels. */
const STEPS = 50;

export type CountedCandidates = {
  /** From the most confident down. */
  candidates: Candidate[];
  /** Labels in sight, with a confidence or without, and those hidden from whoever asks. */
  total: number;
  hidden: number;
  /** Labels that were checked blind, also those without a confidence. */
  n: number;
  /** Labels below each candidate, and without a confidence, on whose record no verdict decides; the last: of all labels. */
  undecidedBelow: number[];
  undecided: number;
  excluded: AcceptPlan["excluded"];
};

/**
 * Counts, for thresholds that are set by the confidences alone, the labels at or above each and what blind verdicts said of
 * those that were checked. Of several people's verdicts on one label the first that decides counts.
 * @param sessionIds those whose blind verdicts count
 */
export async function countCandidates(
  db: Db,
  labels: JobLabels,
  sessionIds: readonly string[],
): Promise<CountedCandidates> {
  const thresholds = await readThresholds(db, labels);
  const buckets = await readBuckets(db, { labels, sessionIds, thresholds });
  const unseen = buckets.filter(({ seen }) => !seen);
  const seen = buckets.filter((bucket) => bucket.seen);
  const atLeast = (place: number) => seen.filter(({ bucket }) => bucket > place);
  const undecided = sumOf(seen, "undecided");
  const candidates = thresholds.map((threshold, place) => ({
    threshold,
    accepted: sumOf(atLeast(place), "labels"),
    checked: sumOf(atLeast(place), "checked"),
    errors: sumOf(atLeast(place), "errors"),
  }));
  return {
    candidates: candidates.reverse(),
    total: sumOf(seen, "labels"),
    hidden: sumOf(unseen, "labels"),
    n: sumOf(seen, "checked"),
    undecidedBelow: thresholds.map((_, place) => undecided - sumOf(atLeast(place), "undecided")).reverse(),
    undecided,
    excluded: await countExcluded(db, labels, sessionIds),
  };
}

/** Confidences such that at least 2 %, 4 %, … of the labels that have one are as sure, ascending, each once. */
async function readThresholds(db: Db, labels: JobLabels): Promise<number[]> {
  const shares = Array.from({ length: STEPS }, (_, at) => at / STEPS);
  const [row] = await queryRows<{ thresholds: number[] | null }>(
    db,
    sql`with ${labelsStep(labels)}
      select percentile_disc(${shares}::float8[]) within group (order by l."conf") as "thresholds"
      from labels l where l."seen"`,
  );
  const found = (row?.thresholds ?? []).filter((one) => one !== null);
  return [...new Set(found)].sort((a, b) => a - b);
}

type Bucket = {
  /** How many thresholds the labels reach; 0 without a confidence. */
  bucket: number;
  seen: boolean;
  labels: number;
  undecided: number;
  checked: number;
  errors: number;
};

const sumOf = (buckets: readonly Bucket[], count: "labels" | "undecided" | "checked" | "errors"): number =>
  buckets.reduce((sum, bucket) => sum + bucket[count], 0);

type BucketInput = { labels: JobLabels; sessionIds: readonly string[]; thresholds: readonly number[] };

function readBuckets(db: Db, { labels, sessionIds, thresholds }: BucketInput): Promise<Bucket[]> {
  const { sight, label } = labels;
  return queryRows(
    db,
    sql`with ${labelsStep(labels)}, ${blindWords(labels, sessionIds)},
      decided as (
        select distinct v."recordId" from "Verification" v
        where v."projectId" = ${sight.projectId}::uuid and v."labelName" = ${label}::text and v."current"
          and v."status" in ('CONFIRMS', 'CORRECTS') and ${verdictInSight(sight)})
      select case when l."seen" then coalesce(width_bucket(l."conf", ${thresholds}::float8[]), 0) else 0 end as "bucket",
        l."seen", count(*)::int as "labels", count(*) filter (where d."recordId" is null)::int as "undecided",
        count(f."annotationId")::int as "checked", count(*) filter (where f."wrong")::int as "errors"
      from labels l left join firsts f on f."annotationId" = l."id" left join decided d on d."recordId" = l."recordId"
      group by 1, 2`,
  );
}

/**
 * Steps of a statement: `blind` are the labels that were drawn to be checked, `words` what people said of them before they
 * saw what the job gave, `firsts` the first word on each that decides.
 */
const blindWords = ({ sight }: JobLabels, sessionIds: readonly string[]): Sql =>
  sql`blind as (
      select distinct i."annotationId" from "SessionItem" i join labels l on l."id" = i."annotationId" and l."seen"
      where i."projectId" = ${sight.projectId}::uuid and i."sessionId" = any(${sessionIds}::uuid[]) and i."blind"),
    words as (
      select v."annotationId", v."status", v."together", v."createdAt", v."id"
      from "Verification" v join blind b on b."annotationId" = v."annotationId"
      where v."projectId" = ${sight.projectId}::uuid and v."sessionId" = any(${sessionIds}::uuid[])
        and v."blind" and v."status" is not null and ${verdictInSight(sight)}),
    firsts as (
      select distinct on ("annotationId") "annotationId", "status" = 'CORRECTS' as "wrong" from words
      where ${decides("words")}
      order by "annotationId", "createdAt", "id")`;

async function countExcluded(
  db: Db,
  labels: JobLabels,
  sessionIds: readonly string[],
): Promise<AcceptPlan["excluded"]> {
  const [row] = await queryRows<AcceptPlan["excluded"]>(
    db,
    sql`with ${labelsStep(labels)}, ${blindWords(labels, sessionIds)},
      open as (
        select b."annotationId", coalesce(bool_or(w."status" = 'UNSURE'), false) as "unsure",
          count(w."id") > 0 as "said"
        from blind b left join words w on w."annotationId" = b."annotationId"
        where not exists (select 1 from firsts f where f."annotationId" = b."annotationId")
        group by b."annotationId")
      select count(*) filter (where "unsure")::int as "unsure",
        count(*) filter (where "said" and not "unsure")::int as "together",
        count(*) filter (where not "said")::int as "undecided"
      from open`,
  );
  return row ?? { unsure: 0, together: 0, undecided: 0 };
}
