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
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import type { PoolExample } from "./example-pool";
import { settledSpans, textsWithDecidedSpans } from "./verified-spans";
import { settledValues } from "./verified-values";

/** Of more verified records, the newest so many are looked at. */
const MOST_IN_POOL = 2_000;

/** A verified record with what is verified of it, as a job freezes it. */
export type VerifiedRecord = Pick<PoolExample, "recordId" | "labels">;

type VerifiedFrom = RetrievedExamples["from"] & { recordIds?: readonly string[] };

/**
 * Records for which people settled on each of the labels, the last verified first; none of which something is hidden
 * from the actor until they have decided. Of a label of whole records that is one value (`verified-values.ts`), of a
 * label of spans all that the text holds (`verified-spans.ts`).
 * @param from `jobIds`: records with a verdict on a label of these jobs; what is settled there is what everybody said.
 * With `recordIds`, these records with whichever of the labels are settled
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
  const onRecords = conditions(projectId, namesOf(labels, "record"), from);
  const onSpans = conditions(projectId, namesOf(labels, "span"), from);
  const rows = await queryRows<VerifiedRecord>(
    db,
    sql`with settled as (
        select w."recordId", w."labelName", w."at", to_jsonb(w."value") as "value" from (${settledValues(sight, onRecords)}) w
        union all
        select t."recordId", t."labelName", t."at", null
        from (${textsWithDecidedSpans(sight, onSpans.asked ?? onSpans.verdicts)}) t),
      picked as (
        select w."recordId", max(w."at") as "at",
          jsonb_object_agg(w."labelName", w."value") filter (where w."value" is not null) as "values",
          array_agg(w."labelName") filter (where w."value" is null) as "spans"
        from settled w
        join "Record" r on r."projectId" = ${projectId}::uuid and r."id" = w."recordId"
        where ${filter}
        group by w."recordId" having ${recordIds !== undefined}::boolean or count(*) = ${labels.length}::int
        order by max(w."at") desc, w."recordId" limit ${MOST_IN_POOL}::int)
      select p."recordId"::text, coalesce(p."values", '{}') || coalesce(s."labels", '{}') as "labels"
      from picked p left join lateral (${settledSpans(projectId, onSpans.verdicts)}) s on p."spans" is not null
      order by p."at" desc, p."recordId"`,
  );
  return rows.flatMap(({ recordId, labels: given }) => {
    const fitting = labels.filter((label) => fits(given, label)).map(({ name }) => name);
    const complete = recordIds !== undefined || fitting.length === labels.length;
    return complete ? [{ recordId, labels: pick(given, fitting) }] : [];
  });
}

const namesOf = (labels: readonly LabelDefinition[], level: LabelDefinition["level"]): string[] =>
  labels.filter((label) => label.level === level).map(({ name }) => name);

/** What is said of labels by these names, and of that, what was asked for. */
function conditions(
  projectId: string,
  names: readonly string[],
  { jobIds, recordIds }: VerifiedFrom,
): { within: (alias: string) => Sql; verdicts: Sql; asked: Sql | null } {
  const within = (alias: string): Sql => {
    const row = (column: string) => rawSql(`${alias}."${column}"`);
    return sql`${names.length > 0}::boolean and ${row("projectId")} = ${projectId}::uuid
      and ${row("labelName")} = any(${names}::text[])
      and (${recordIds === undefined}::boolean or ${row("recordId")} = any(${recordIds ?? []}::uuid[]))`;
  };
  const verdicts = sql`${within("v")} and v."current" and v."status" in ('CONFIRMS', 'CORRECTS')`;
  return { within, verdicts, asked: jobIds ? sql`${verdicts} and v."jobId" = any(${jobIds}::uuid[])` : null };
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
