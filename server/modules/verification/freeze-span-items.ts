import { writeEmptyLabels } from "@/server/modules/annotations";
import { labelInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { execute, sql } from "@/server/platform/sql";
import type { FreezeInput } from "./freeze-input";
import { itemOrder } from "./item-order";

/**
 * Writes items of a session on a label of spans: the jobs' spans, and for each record where a job read an answer and
 * found none, that there is none. All of one record stand together, ordered by their place; records are in the order
 * of the first of their spans, so by confidence a record comes where its most doubtful span does. Nothing is
 * joined with itself (`freeze-items.ts`).
 * @returns how many there are
 */
export async function freezeSpanItems(tx: Db, input: FreezeInput): Promise<number> {
  const { projectId, sessionId, label, jobIds, order, records, subsetId, sample, from, sight } = input;
  await writeEmptyLabels(tx, { projectId, label, found: recordsWithoutSpans(input) });
  const size = sample?.size ?? null;
  return execute(
    tx,
    sql`with picked as (
        select a."id" as "annotationId", a."recordId", a."conf", a."probabilities", a."value", a."start", a."end",
          r."position", array_position(${jobIds}::uuid[], a."annotatorId") as "jobPlace",
          coalesce(drawn."inclusion", 1) as "chance"
        from "Annotation" a join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId"
        left join "SubsetRecord" drawn on drawn."projectId" = a."projectId" and drawn."recordId" = a."recordId"
          and drawn."subsetId" = ${subsetId}::uuid
        where a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text and a."level" = 'span'
          and a."annotatorId" = any(${jobIds}::uuid[]) and ${records} and ${labelInSight(sight)}
          and not exists (select 1 from "SessionItem" i where i."projectId" = a."projectId"
            and i."sessionId" = ${sessionId}::uuid and i."annotationId" = a."id")
      ), compared as (
        select picked.*, count(*) over same as "alike", row_number() over same as "turn",
          dense_rank() over (order by md5(${`${sample?.seed ?? 0}:`}::text || "recordId"::text) collate "C", "recordId")
            as "draw"
        from picked window same as (partition by "recordId", "start", "end", "value")
      ), counted as (
        select compared.*, max("draw") over () as "records",
          count(*) filter (where "turn" = 1 and "alike" < cardinality(${jobIds}::uuid[]))
            over (partition by "recordId") as "distinctValues"
        from compared
      ), ranked as (
        select p.*, row_number() over (order by ${itemOrder(order, sessionId)}, p."position", p."jobPlace", p."start") as "rank"
        from (
          select counted.*,
            "chance" * least(coalesce(${size}::int, "records"), "records") / "records" as "inclusion"
          from counted where ${size}::int is null or "draw" <= ${size}::int
        ) p
      ), placed as (
        select r.*, row_number() over (order by r."first", r."start", r."end", r."jobPlace", r."annotationId") - 1 as "place"
        from (select ranked.*, min("rank") over (partition by "recordId") as "first" from ranked) r
      )
      insert into "SessionItem" ("projectId", "sessionId", "position", "annotationId", "recordId", "inclusion")
      select ${projectId}::uuid, ${sessionId}::uuid, ${from}::int + "place"::int, "annotationId", "recordId", "inclusion"
      from placed`,
  );
}

/** Where these jobs read an answer and have no label from it. */
const recordsWithoutSpans = ({ projectId, label, jobIds, records }: FreezeInput) =>
  sql`select q."recordId", q."jobId" as "annotatorId", l."version" as "schemaVersion"
    from "JobItem" q
    join "Job" j on j."projectId" = q."projectId" and j."id" = q."jobId"
    join "LabelSchema" l on l."projectId" = j."projectId" and l."id" = j."schemaId"
    join "Record" r on r."projectId" = q."projectId" and r."id" = q."recordId"
    where q."projectId" = ${projectId}::uuid and q."jobId" = any(${jobIds}::uuid[]) and q."status" = 'parsed'
      and ${records} and not exists (select 1 from "Annotation" a where a."projectId" = q."projectId"
        and a."recordId" = q."recordId" and a."annotatorId" = q."jobId" and a."labelName" = ${label}::text)`;
