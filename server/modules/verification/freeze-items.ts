import type { z } from "zod";
import { roomName } from "@/contracts/live";
import type { sessionOrder } from "@/contracts/sessions";
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
};

/** Writes a session's items in their order, all in one statement. @returns how many there are */
export function freezeItems(tx: Db, input: FreezeInput): Promise<number> {
  const { projectId, sessionId, label, jobIds, order, records } = input;
  return execute(
    tx,
    sql`with picked as (
        select a."id" as "annotationId", a."recordId", a."conf", a."probabilities", a."value", r."position",
          array_position(${jobIds}::uuid[], a."annotatorId") as "jobPlace"
        from "Annotation" a join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId"
        where a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text and a."level" = 'record'
          and a."annotatorId" = any(${jobIds}::uuid[]) and ${records}
      ), counted as (
        select "recordId", count(distinct "value") as "distinctValues" from picked group by "recordId"
      ), ranked as (
        select p."annotationId", p."recordId",
          row_number() over (order by ${itemOrder(order, sessionId)}, p."position", p."jobPlace") - 1 as "place"
        from (select * from picked join counted using ("recordId")) p
      )
      insert into "SessionItem" ("projectId", "sessionId", "position", "annotationId", "recordId")
      select ${projectId}::uuid, ${sessionId}::uuid, "place"::int, "annotationId", "recordId" from ranked`,
  );
}

type Rooms = { projectId: string; sessionId: string; total: number; chunkSize: number };

/** Makes the live documents of a session, one a chunk: their rows are what commits lock. */
export async function makeRooms(tx: Db, { projectId, sessionId, total, chunkSize }: Rooms): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(total / chunkSize) }, (_, chunk) => chunk);
  await sqlRun(
    tx,
    `insert into "CollabRoom" ("name", "projectId", "sessionId", "chunk")
     select t."name", $1::uuid, $2::uuid, t."chunk" from unnest($3::text[], $4::int[]) as t ("name", "chunk")`,
    [projectId, sessionId, chunks.map((chunk) => roomName(sessionId, chunk)), chunks],
  );
}
