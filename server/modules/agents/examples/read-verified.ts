import type { LabelDefinition } from "@/contracts/label-schema";
import {
  type ExampleLabels,
  MOST_SPANS,
  type RetrievedExamples,
  spansIn,
  valuesIn,
} from "@/contracts/prompt-examples";
import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import { loadSight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import type { PoolExample } from "./example-pool";
import { settledSpans, textsWithDecidedSpans } from "./verified-spans";

/** Of more verified records, the newest so many are looked at. */
const MOST_IN_POOL = 2_000;

/** A verified record with what is verified of it, as a job freezes it. */
export type VerifiedRecord = Pick<PoolExample, "recordId" | "labels">;

type VerifiedFrom = RetrievedExamples["from"] & { recordIds?: readonly string[] };

/**
 * Records for which each of the labels is verified, the newest verdict first; none that is hidden from the actor until
 * they have decided. A label of whole records has a value that a person's current verdict confirms or corrects: of
 * several the newest counts, as in a comparison. Of a label of spans all that the text holds is settled
 * (`verified-spans.ts`).
 * @param from with `recordIds`, these records with whichever of the labels are verified
 */
export async function readVerified(
  db: Db,
  actor: ProjectActor,
  labels: readonly LabelDefinition[],
  from: VerifiedFrom,
): Promise<VerifiedRecord[]> {
  if (labels.length === 0) return [];
  const { projectId } = actor;
  const { subsetId, recordIds } = from;
  const filter = await recordFilter(db, actor, subsetId === undefined ? null : { subset: subsetId });
  const sight = await loadSight(db, actor);
  const of = (wanted: LabelDefinition["level"]) => labels.filter(({ level }) => level === wanted);
  const onRecords = decidingVerdicts(projectId, of("record"), from);
  const onSpans = decidingVerdicts(projectId, of("span"), from);
  const rows = await queryRows<VerifiedRecord>(
    db,
    sql`with verified as (
        select distinct on (v."recordId", v."labelName") v."recordId", v."labelName", v."createdAt" as "at",
          to_jsonb(v."value") as "value"
        from "Verification" v
        where ${onRecords} and cardinality(v."value") > 0 and ${verdictInSight(sight)}
        order by v."recordId", v."labelName", v."createdAt" desc, v."id" desc),
      picked as (
        select w."recordId", max(w."at") as "at",
          jsonb_object_agg(w."labelName", w."value") filter (where w."value" is not null) as "values",
          array_agg(w."labelName") filter (where w."value" is null) as "spans"
        from (select * from verified
          union all select t."recordId", t."labelName", t."at", null from (${textsWithDecidedSpans(sight, onSpans)}) t) w
        join "Record" r on r."projectId" = ${projectId}::uuid and r."id" = w."recordId"
        where ${filter}
        group by w."recordId" having ${recordIds !== undefined}::boolean or count(*) = ${labels.length}::int
        order by max(w."at") desc, w."recordId" limit ${MOST_IN_POOL}::int)
      select p."recordId"::text, coalesce(p."values", '{}') || coalesce(s."labels", '{}') as "labels"
      from picked p left join lateral (${settledSpans(projectId, onSpans)}) s on p."spans" is not null
      order by p."at" desc, p."recordId"`,
  );
  return rows.flatMap(({ recordId, labels: given }) => {
    const fitting = labels.filter((label) => fits(given, label)).map(({ name }) => name);
    const complete = recordIds !== undefined || fitting.length === labels.length;
    return complete ? [{ recordId, labels: pick(given, fitting) }] : [];
  });
}

/** The condition on a verdict `"Verification" v` that it decides on one of the labels, and is of those asked for. */
function decidingVerdicts(
  projectId: string,
  labels: readonly LabelDefinition[],
  { jobIds, recordIds }: VerifiedFrom,
): Sql {
  const names = labels.map(({ name }) => name);
  return sql`${names.length > 0}::boolean and v."projectId" = ${projectId}::uuid and v."current"
    and v."status" in ('CONFIRMS', 'CORRECTS') and v."labelName" = any(${names}::text[])
    and (${jobIds === undefined}::boolean or v."jobId" = any(${jobIds ?? []}::uuid[]))
    and (${recordIds === undefined}::boolean or v."recordId" = any(${recordIds ?? []}::uuid[]))`;
}

const pick = (given: ExampleLabels, names: readonly string[]): ExampleLabels =>
  Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)));

/** What people decided may be older than the schema's options; and an example holds only so many spans. */
function fits(given: ExampleLabels, { name, level, options, multi = false }: LabelDefinition): boolean {
  if (!Object.hasOwn(given, name)) return false;
  const isValue = (value: readonly string[]) =>
    (multi || value.length === 1) && value.every((one) => options.some((option) => option.value === one));
  if (level === "record") return isValue(valuesIn(given, name));
  const spans = spansIn(given, name);
  return spans.length <= MOST_SPANS && spans.every(({ value }) => isValue(value));
}
