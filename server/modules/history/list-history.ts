import { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { HistoryEntry, listHistoryInput } from "@/contracts/history";
import { can, type ProjectActor, requireScope, seesOnlyOwn } from "@/server/modules/access";
import { getRecord } from "@/server/modules/search";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { joinSql, queryRows, rawSql, sql } from "@/server/platform/sql";
import { happened } from "./happened";

type ListHistoryInput = Omit<z.infer<typeof listHistoryInput>, "project">;

type Row = Omit<HistoryEntry, "at" | "start" | "end" | "restorable"> & {
  at: Date;
  start: number;
  end: number;
  total: number;
};

/**
 * Everything that happened to one record's labels, newest first: labels set, changed and cleared, in whatever way;
 * verdicts, with those that were overtaken or set again; decisions where annotators differ. An annotator is told what
 * they did themselves, and nobody what an open session still hides from them.
 * @throws AppError `not_found` for a record that the actor does not reach; `invalid_cursor`
 */
export async function listHistory(
  db: Db,
  actor: ProjectActor,
  { id, label, annotatorId, limit, cursor }: ListHistoryInput,
): Promise<ListOf<HistoryEntry>> {
  requireScope(actor, "annotations:read");
  const after = cursor === undefined ? null : readPlace(cursor);
  await getRecord(db, actor, { id });
  const { projectId, userId } = actor;
  const onlyBy = seesOnlyOwn(actor) ? userId : null;
  const sight = await loadSight(db, actor);
  const wanted = joinSql(
    [
      rawSql("true"),
      ...(label === undefined ? [] : [sql`h."label" = ${label}::text`]),
      ...(annotatorId === undefined
        ? []
        : [sql`(h."byId" = ${annotatorId}::uuid or h."aboutId" = ${annotatorId}::uuid)`]),
    ],
    " and ",
  );
  const older = after
    ? sql`(c."at", c."id") < (${after.at}::timestamptz, ${after.id}::uuid)`
    : rawSql("true");
  const rows = await queryRows<Row>(
    db,
    sql`with h as (${happened({ projectId, recordId: id, onlyBy, sight })}),
      chosen as (select h.*, (count(*) over ())::int as "total" from h where ${wanted})
      select c."id", c."kind", c."at", c."label", c."start", c."end", c."value", c."before", c."answer", c."status",
        c."conf", c."note", c."origin", c."sessionId", c."current", c."overtaken", c."restoredFrom", c."total",
        json_build_object('id', t."id", 'kind', t."kind", 'name', t."name") as "by",
        case when b."id" is not null then json_build_object('id', b."id", 'kind', b."kind", 'name', b."name") end
          as "about",
        case when u."id" is not null then json_build_object('id', u."id", 'name', u."name") end as "restoredBy"
      from chosen c
      join "Annotator" t on t."projectId" = ${projectId}::uuid and t."id" = c."byId"
      left join "Annotator" b on b."projectId" = ${projectId}::uuid and b."id" = c."aboutId"
      left join "Annotator" u on u."projectId" = ${projectId}::uuid and u."id" = c."restoredById"
      where ${older} order by c."at" desc, c."id" desc limit ${limit + 1}::int`,
  );
  const { items, nextCursor } = cutPage(rows, limit, writePlace);
  return {
    items: items.map((row) => present(row, actor)),
    nextCursor,
    total: rows[0]?.total ?? 0,
    totalExact: true,
  };
}

function present({ start, end, at, total: _, ...row }: Row, actor: ProjectActor): HistoryEntry {
  return {
    ...row,
    ...(start < 0 ? {} : { start, end }),
    at: at.toISOString(),
    restorable: isRestorable(row, actor),
  };
}

/** A label is its author's alone; a decision is that of all who reconcile; a verdict is set again by undoing. */
function isRestorable(
  { kind, by, current }: Pick<HistoryEntry, "kind" | "by" | "current">,
  actor: ProjectActor,
): boolean {
  if (current || kind === "verdict") return false;
  return kind === "label"
    ? by.id === actor.userId && can(actor, "annotations:write")
    : can(actor, "reconciliation:write");
}

const place = z.object({ at: z.iso.datetime(), id: z.uuid() });

const writePlace = ({ at, id }: Pick<Row, "at" | "id">): string => `${at.toISOString()}_${id}`;

function readPlace(cursor: string): z.infer<typeof place> {
  const [at, id] = cursor.split("_");
  const found = place.safeParse({ at, id });
  if (!found.success) throw invalidCursor();
  return found.data;
}
