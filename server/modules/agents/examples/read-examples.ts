import type { LabelDefinition } from "@/contracts/label-schema";
import type { RetrievedExamples } from "@/contracts/prompt-examples";
import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import { loadSight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import type { PoolExample } from "./example-pool";

/** Of more verified records, the newest so many are looked at. */
const MOST_IN_POOL = 2_000;

/** A verified record with its values, as a job freezes it. */
export type VerifiedRecord = Pick<PoolExample, "recordId" | "labels">;

type VerifiedFrom = RetrievedExamples["from"] & { recordIds?: readonly string[] };

/**
 * Records for which each of the labels has a value that a person's current verdict confirms or corrects, the newest
 * verdict first; none that is hidden from the actor until they have decided. Of several current verdicts on a label the newest counts, as in a comparison.
 */
export async function readVerified(
  db: Db,
  actor: ProjectActor,
  labels: readonly LabelDefinition[],
  { jobIds, subsetId, recordIds }: VerifiedFrom,
): Promise<VerifiedRecord[]> {
  if (labels.length === 0) return [];
  const filter = await recordFilter(db, actor, subsetId === undefined ? null : { subset: subsetId });
  const names = labels.map(({ name }) => name);
  const sight = await loadSight(db, actor);
  const rows = await queryRows<VerifiedRecord>(
    db,
    sql`with verdict as (
        select distinct on (v."recordId", v."labelName") v."recordId", v."labelName", v."value", v."createdAt"
        from "Verification" v
        where v."projectId" = ${actor.projectId}::uuid and v."current" and v."status" in ('CONFIRMS', 'CORRECTS')
          and v."labelName" = any(${names}::text[]) and cardinality(v."value") > 0 and ${verdictInSight(sight)}
          and (${jobIds === undefined}::boolean or v."jobId" = any(${jobIds ?? []}::uuid[]))
          and (${recordIds === undefined}::boolean or v."recordId" = any(${recordIds ?? []}::uuid[]))
        order by v."recordId", v."labelName", v."createdAt" desc, v."id" desc)
      select w."recordId"::text, json_object_agg(w."labelName", w."value") as "labels" from verdict w
      join "Record" r on r."projectId" = ${actor.projectId}::uuid and r."id" = w."recordId"
      where ${filter}
      group by w."recordId" having ${recordIds !== undefined}::boolean or count(*) = ${labels.length}::int
      order by max(w."createdAt") desc, w."recordId" limit ${MOST_IN_POOL}::int`,
  );
  return rows.flatMap(({ recordId, labels: values }) => {
    const fitting = Object.fromEntries(
      labels.flatMap((label) =>
        fits(values[label.name], label) ? [[label.name, values[label.name] ?? []]] : [],
      ),
    );
    const complete = recordIds !== undefined || Object.keys(fitting).length === labels.length;
    return complete ? [{ recordId, labels: fitting }] : [];
  });
}

/** A verdict may be older than the schema's options. */
const fits = (values: readonly string[] | undefined, { options, multi }: LabelDefinition): boolean =>
  values !== undefined &&
  (multi === true || values.length === 1) &&
  values.every((value) => options.some((option) => option.value === value));

/** The texts of verified records; one that has been deleted since keeps its place and has none. */
export async function readPool(
  db: Db,
  projectId: string,
  verified: readonly VerifiedRecord[],
): Promise<PoolExample[]> {
  if (verified.length === 0) return [];
  const rows = await queryRows<Omit<PoolExample, "labels">>(
    db,
    sql`select r."id"::text as "recordId", r."externalId",
        case when r."deletedAt" is null then r."content" else '' end as "content",
        nullif(r."metadata" ->> 'duplicate_of', '') as "duplicateOf"
      from "Record" r where r."projectId" = ${projectId}::uuid
        and r."id" = any(${verified.map(({ recordId }) => recordId)}::uuid[])`,
  );
  const byId = new Map(rows.map((row) => [row.recordId, row]));
  return verified.flatMap(({ recordId, labels }) => {
    const row = byId.get(recordId);
    return row ? [{ ...row, labels }] : [];
  });
}

/** Vectors of records under one name; without one, the newest name of the project. Empty when there are none. */
export async function readVectors(
  db: Db,
  projectId: string,
  name: string | undefined,
  recordIds: readonly string[],
): Promise<Map<string, number[]>> {
  if (recordIds.length === 0) return new Map();
  const rows = await queryRows<{ recordId: string; values: number[] }>(
    db,
    sql`select v."recordId"::text, v."values" from "RecordVector" v
      where v."projectId" = ${projectId}::uuid and v."recordId" = any(${recordIds}::uuid[])
        and v."name" = (select s."name" from "VectorSpace" s where s."projectId" = ${projectId}::uuid
          and (${name ?? null}::text is null or s."name" = ${name ?? null}::text)
          order by s."createdAt" desc, s."name" collate "C" limit 1)`,
  );
  return new Map(rows.map(({ recordId, values }) => [recordId, values]));
}
