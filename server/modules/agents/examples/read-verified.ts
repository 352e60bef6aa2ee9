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
import { queryRows, sql } from "@/server/platform/sql";
import type { PoolExample } from "./example-pool";
import { settledSpanSteps, wholeSpanSteps } from "./verified-spans";

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
  { jobIds, subsetId, recordIds }: VerifiedFrom,
): Promise<VerifiedRecord[]> {
  if (labels.length === 0) return [];
  const { projectId } = actor;
  const filter = await recordFilter(db, actor, subsetId === undefined ? null : { subset: subsetId });
  const sight = await loadSight(db, actor);
  const namesOf = (wanted: LabelDefinition["level"]) =>
    labels.flatMap(({ name, level }) => (level === wanted ? [name] : []));
  const values = namesOf("record");
  const among = sql`(${jobIds === undefined}::boolean or v."jobId" = any(${jobIds ?? []}::uuid[]))
    and (${recordIds === undefined}::boolean or v."recordId" = any(${recordIds ?? []}::uuid[]))`;
  const spans = { projectId, sight, names: namesOf("span"), among };
  const rows = await queryRows<VerifiedRecord>(
    db,
    sql`with verdict as (
        select distinct on (v."recordId", v."labelName") v."recordId", v."labelName", v."value", v."createdAt" as "at"
        from "Verification" v
        where ${values.length > 0}::boolean and v."projectId" = ${projectId}::uuid and v."current"
          and v."status" in ('CONFIRMS', 'CORRECTS') and v."labelName" = any(${values}::text[])
          and cardinality(v."value") > 0 and ${verdictInSight(sight)} and ${among}
        order by v."recordId", v."labelName", v."createdAt" desc, v."id" desc),
      ${wholeSpanSteps(spans)},
      picked as (
        select w."recordId", max(w."at") as "at" from (
          select "recordId", "at" from verdict union all select "recordId", "at" from whole) w
        join "Record" r on r."projectId" = ${projectId}::uuid and r."id" = w."recordId"
        where ${filter}
        group by w."recordId" having ${recordIds !== undefined}::boolean or count(*) = ${labels.length}::int
        order by max(w."at") desc, w."recordId" limit ${MOST_IN_POOL}::int),
      ${settledSpanSteps(spans)}
      select p."recordId"::text, jsonb_object_agg(w."labelName", w."value") as "labels"
      from picked p join (
        select "recordId", "labelName", to_jsonb("value") as "value" from verdict
        union all select "recordId", "labelName", "value" from settled) w using ("recordId")
      group by p."recordId", p."at" order by p."at" desc, p."recordId"`,
  );
  return rows.flatMap(({ recordId, labels: given }) => {
    const fitting = labels.filter((label) => fits(given, label)).map(({ name }) => name);
    const complete = recordIds !== undefined || fitting.length === labels.length;
    return complete ? [{ recordId, labels: pick(given, fitting) }] : [];
  });
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
