import type { DisagreementCounts, DisagreementOrder, ReconciliationState } from "@/contracts/reconciliations";
import type { Annotation } from "@/contracts/records";
import { type Db, sqlRun } from "@/server/platform/db";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { NO_VOTES, VOTES_VERSION, type VotesOf, votes } from "./votes";

export type FindDisagreements = Omit<VotesOf, "recordIds" | "records"> & {
  state: ReconciliationState | "all";
  /** Who has to differ; null: anybody. */
  annotators: readonly string[] | null;
  kinds: readonly Annotation["annotator"]["kind"][] | null;
  /** The records that are asked about, a condition on `"Record" r`. */
  records: Sql;
  /** They are few of the project's: their votes alone are read. */
  narrowed: boolean;
  order: DisagreementOrder;
  /** The place of the last one given, by {@link FoundDisagreement}. */
  after: DisagreementPlace | null;
  limit: number;
};

/** Where a disagreement stands in its order. */
export type DisagreementPlace = { key: number; position: number; start: number; end: number };
export type FoundDisagreement = DisagreementPlace & { recordId: string; entropy: number };

/** For this statement: what it sorts and counts of a hundred thousand records fits. */
const WORK_MEM = "64MB";

/**
 * One page of the places on which annotators differ, or which somebody has decided, and how many there are of each
 * state. One statement over all votes on the label, since which of them differ most is known only of all.
 * @param tx the transaction of the caller
 */
export async function findDisagreements(
  tx: Db,
  input: FindDisagreements,
): Promise<{ found: FoundDisagreement[]; counts: DisagreementCounts }> {
  const { projectId, label, level, state, after } = input;
  const beyond = after
    ? sql`("key", "position", "start", "end")
        > (${after.key}::float8, ${after.position}::bigint, ${after.start}::int, ${after.end}::int)`
    : rawSql("true");
  await sqlRun(tx, `set local work_mem = '${WORK_MEM}'`);
  const [row] = await queryRows<{ found: FoundDisagreement[] | null; counts: DisagreementCounts }>(
    tx,
    sql`with ${votes({ projectId, label, level, ...(input.narrowed ? { records: input.records } : {}) })},
      standing as (
        select d."recordId", d."start", d."end", d."votesVersion" from "Reconciliation" d
        where d."projectId" = ${projectId}::uuid and d."labelName" = ${label}::text and d."current"
          and not d."cleared" and (d."start" = -1) = (${level}::text = 'record')),
      differing as (
        select v."recordId" from votes v where ${whoDiffers(input)}
        group by v."recordId" having ${level === "record" ? rawSql(`min(v."value") <> max(v."value")`) : rawSql("true")}),
      tally as (
        select v."recordId", v."start", v."end", v."value", count(*)::float8 as n, min(v."conf") as "conf"
        from votes v where ${whoDiffers(input)}
          and (v."recordId" in (select "recordId" from differing) or v."recordId" in (select "recordId" from standing))
        group by 1, 2, 3, 4),
      spread as (
        select "recordId", "start", "end", count(*) as "values", min("conf") as "conf",
          round(((ln(sum(n)) - sum(n * ln(n)) / sum(n)) / ln(2::float8))::numeric, 6)::float8 as "entropy"
        from tally group by 1, 2, 3),
      seen as (
        select "recordId", "start", "end", ${VOTES_VERSION} as "now"
        from votes join standing using ("recordId", "start", "end") group by 1, 2, 3),
      everything as materialized (
        select r."id" as "recordId", r."position", "start", "end", coalesce(s."entropy", 0) as "entropy",
          ${KEYS[input.order]} as "key",
          case when d."votesVersion" is null then 'open'
            when d."votesVersion" = coalesce(n."now", ${NO_VOTES}::text) then 'reconciled' else 'changed' end as "state"
        from spread s
        full join standing d using ("recordId", "start", "end")
        left join seen n using ("recordId", "start", "end")
        join "Record" r on r."id" = "recordId"
        where (d."votesVersion" is not null or s."values" > 1) and ${input.records}),
      page as (
        select "recordId", "position"::float8 as "position", "start", "end", "entropy", "key" from everything
        where (${state}::text = 'all' or "state" = ${state}::text) and ${beyond}
        order by everything."key", everything."position", "start", "end" limit ${input.limit}::int)
      select (select json_agg(page order by "key", "position", "start", "end") from page) as "found",
        (select json_build_object('open', count(*) filter (where "state" = 'open'),
          'reconciled', count(*) filter (where "state" = 'reconciled'),
          'changed', count(*) filter (where "state" = 'changed')) from everything) as "counts"`,
  );
  return { found: row?.found ?? [], counts: row?.counts ?? { open: 0, reconciled: 0, changed: 0 } };
}

/** What a disagreement is ordered by, ascending; equal ones as the records stand. */
const KEYS: Record<DisagreementOrder, Sql> = {
  entropy: rawSql(`-coalesce(s."entropy", 0)`),
  // Without any confidence after all that have one.
  conf: rawSql(`coalesce(s."conf", 2)`),
  position: rawSql("0::float8"),
};

function whoDiffers({ projectId, annotators, kinds }: FindDisagreements): Sql {
  return joinSql(
    [
      rawSql("true"),
      ...(annotators ? [sql`v."annotatorId" = any(${annotators}::uuid[])`] : []),
      ...(kinds
        ? [
            sql`v."annotatorId" in (select t."id" from "Annotator" t where t."projectId" = ${projectId}::uuid
              and t."kind"::text = any(${kinds}::text[]))`,
          ]
        : []),
    ],
    " and ",
  );
}
