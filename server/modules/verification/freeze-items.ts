import { roomName } from "@/contracts/live";
import { labelInSight } from "@/server/modules/sight";
import { type Db, sqlRun } from "@/server/platform/db";
import { execute, rawSql, sql } from "@/server/platform/sql";
import type { FreezeInput } from "./freeze-input";
import { freezeSpanItems } from "./freeze-span-items";
import { itemOrder } from "./item-order";

/**
 * Writes items of a session in their order, all in one statement; what the session holds already is left out. Each
 * keeps the chance with which it came in: that of its record in the subset, times the share that was drawn. A draw
 * takes records, with all labels of them that are verified.
 * Labels of several jobs on one record stand together, where the first of them comes: one decision is about all of them.
 * Nothing is joined with itself: right after a job or an import the planner knows no figures, and would compare all
 * labels with all. The free places are one list for the same reason: as a table they would be counted anew for each item.
 * Blind are whole records, so that no other label of a record tells of the one that is hidden; they get places drawn at
 * random among all, so that no place tells of a confidence.
 * @returns how many there are
 */
export function freezeItems(tx: Db, input: FreezeInput): Promise<number> {
  if (input.level === "span") return freezeSpanItems(tx, input);
  const { projectId, sessionId, label, jobIds, order, records, subsetId, sample, from, blind, sight } = input;
  const draw = (what: string, by: string) =>
    sql`md5(${`${blind.seed}:${what}:`}::text || ${rawSql(by)}::text) collate "C"`;
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
          and ${labelInSight(sight)}
          and not exists (select 1 from "SessionItem" i where i."projectId" = a."projectId"
            and i."sessionId" = ${sessionId}::uuid and i."annotationId" = a."id")
      ), ranked as (
        select picked.*, dense_rank() over (partition by "recordId" order by "value") as "valueRank",
          dense_rank() over (order by md5(${`${sample?.seed ?? 0}:`}::text || "recordId"::text) collate "C", "recordId")
            as "draw"
        from picked
      ), counted as (
        select ranked.*, max("valueRank") over (partition by "recordId") as "distinctValues",
          max("draw") over () as "records"
        from ranked
      ), chosen as (
        select counted.*,
          "chance" * least(coalesce(${sample?.size ?? null}::int, "records"), "records") / "records" as "inclusion"
        from counted
        where ${sample?.size ?? null}::int is null or "draw" <= ${sample?.size ?? null}::int
      ), drawn as (
        select p.*, min(p."turn") over (partition by p."recordId") <= round(${blind.share}::float8 * p."all") as "blind"
        from (
          select chosen.*, count(*) over () as "all",
            row_number() over (order by ${draw("blind", `"recordId"`)}, "recordId") as "turn",
            row_number() over (order by ${draw("place", `"annotationId"`)}, "annotationId") - 1 as "anyPlace"
          from chosen
        ) p
      ), placed as (
        select p."annotationId", p."recordId", p."inclusion", p."blind", p."anyPlace" as "place"
        from drawn p where p."blind"
        union all
        select p."annotationId", p."recordId", p."inclusion", p."blind",
          (array(select free."anyPlace" from drawn free where not free."blind" order by free."anyPlace"))[p."rank"]
        from (
          select o.*, row_number() over (order by o."first", o."own") as "rank"
          from (
            select n.*, min(n."own") over (partition by n."recordId") as "first"
            from (
              select p.*, row_number() over (order by ${itemOrder(order, sessionId)}, p."position", p."jobPlace") as "own"
              from drawn p where not p."blind"
            ) n
          ) o
        ) p
      )
      insert into "SessionItem" ("projectId", "sessionId", "position", "annotationId", "recordId", "inclusion", "blind")
      select ${projectId}::uuid, ${sessionId}::uuid, ${from}::int + "place"::int, "annotationId", "recordId", "inclusion",
        "blind"
      from placed`,
  );
}

type Rooms = { projectId: string; sessionId: string; from: number; to: number };

/** Makes the live documents of a shared session's chunks `from` … `to` - 1: their rows are what commits lock. */
export async function makeRooms(tx: Db, { projectId, sessionId, from, to }: Rooms): Promise<void> {
  const chunks = Array.from({ length: to - from }, (_, index) => from + index);
  await sqlRun(
    tx,
    `insert into "CollabRoom" ("name", "projectId", "sessionId", "chunk")
     select t."name", $1::uuid, $2::uuid, t."chunk" from unnest($3::text[], $4::int[]) as t ("name", "chunk")`,
    [projectId, sessionId, chunks.map((chunk) => roomName(sessionId, chunk)), chunks],
  );
}
