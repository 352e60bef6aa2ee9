import type { z } from "zod";
import { roomName } from "@/contracts/live";
import type { sessionOrder, sessionSample } from "@/contracts/sessions";
import { type Db, sqlRun } from "@/server/platform/db";
import { execute, type Sql, sql } from "@/server/platform/sql";
import { itemOrder } from "./item-order";

type FreezeInput = {
  projectId: string;
  sessionId: string;
  label: string;
  jobIds: readonly string[];
  order: z.infer<typeof sessionOrder>;
  /** The condition on `"Record" r`. */
  records: Sql;
  /** A subset whose records have a chance of their own: when it is a sample, the items keep it. */
  subsetId: string | null;
  /** Only so many of the records, drawn by the seed. */
  sample: z.infer<typeof sessionSample> | null;
  /** Where the first of them stands. */
  from: number;
};

/**
 * Writes items of a session in their order, all in one statement; what the session holds already is left out. Each
 * keeps the chance with which it came in: that of its record in the subset, times the share that was drawn. A draw
 * takes records, with all labels of them that are verified.
 * @returns how many there are
 */
export function freezeItems(tx: Db, input: FreezeInput): Promise<number> {
  const { projectId, sessionId, label, jobIds, order, records, subsetId, sample, from } = input;
  return execute(
    tx,
    sql`with picked as (
        select a."id" as "annotationId", a."recordId", a."conf", a."probabilities", a."value", r."position",
          array_position(${jobIds}::uuid[], a."annotatorId") as "jobPlace", coalesce(drawn."inclusion", 1) as "chance"
        from "Annotation" a join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId"
        left join "SubsetRecord" drawn on drawn."projectId" = a."projectId" and drawn."recordId" = a."recordId"
          and drawn."subsetId" = ${subsetId}::uuid
        where a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text and a."level" = 'record'
          and a."annotatorId" = any(${jobIds}::uuid[]) and ${records}
          and not exists (select 1 from "SessionItem" i where i."projectId" = a."projectId"
            and i."sessionId" = ${sessionId}::uuid and i."annotationId" = a."id")
      ), counted as (
        select "recordId", count(distinct "value") as "distinctValues", count(*) over () as "records",
          row_number() over (order by md5(${`${sample?.seed ?? 0}:`}::text || "recordId"::text) collate "C", "recordId")
            as "draw"
        from picked group by "recordId"
      ), ranked as (
        select p."annotationId", p."recordId", p."inclusion",
          row_number() over (order by ${itemOrder(order, sessionId)}, p."position", p."jobPlace") - 1 as "place"
        from (
          select picked.*, counted."distinctValues",
            "chance" * least(coalesce(${sample?.size ?? null}::int, "records"), "records") / "records" as "inclusion"
          from picked join counted using ("recordId")
          where ${sample?.size ?? null}::int is null or "draw" <= ${sample?.size ?? null}::int
        ) p
      )
      insert into "SessionItem" ("projectId", "sessionId", "position", "annotationId", "recordId", "inclusion")
      select ${projectId}::uuid, ${sessionId}::uuid, ${from}::int + "place"::int, "annotationId", "recordId", "inclusion"
      from ranked`,
  );
}

type Rooms = { projectId: string; sessionId: string; from: number; to: number };

/** Makes the live documents of a session's chunks `from` … `to` - 1: their rows are what commits lock. */
export async function makeRooms(tx: Db, { projectId, sessionId, from, to }: Rooms): Promise<void> {
  const chunks = Array.from({ length: to - from }, (_, index) => from + index);
  await sqlRun(
    tx,
    `insert into "CollabRoom" ("name", "projectId", "sessionId", "chunk")
     select t."name", $1::uuid, $2::uuid, t."chunk" from unnest($3::text[], $4::int[]) as t ("name", "chunk")`,
    [projectId, sessionId, chunks.map((chunk) => roomName(sessionId, chunk)), chunks],
  );
}
