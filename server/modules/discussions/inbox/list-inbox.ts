import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { InboxEntry, listInboxInput } from "@/contracts/discussions";
import { namesOf, type ProjectActor } from "@/server/modules/access";
import { sessionsOpenTo } from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { shownResolution } from "../shown-to";
import { inboxOf } from "./inbox-reach";

type ListInboxInput = Omit<z.infer<typeof listInboxInput>, "project">;
type Row = {
  id: string;
  kind: InboxEntry["kind"];
  recordId: string;
  externalId: string;
  session: InboxEntry["session"];
  byId: string;
  commentId: string | null;
  body: string | null;
  mentions: string[] | null;
  flagId: string | null;
  flagKind: NonNullable<InboxEntry["flag"]>["kind"] | null;
  settledAt: Date | null;
  settledById: string | null;
  resolution: string | null;
  createdAt: Date;
  read: boolean;
};

/** What the actor was told in this project, newest first. @throws AppError `invalid_cursor` */
export async function listInbox(
  db: Db,
  actor: ProjectActor,
  { unread, limit, cursor }: ListInboxInput,
): Promise<ListOf<InboxEntry>> {
  const only = unread ? rawSql(`e."readAt" is null`) : rawSql("true");
  const all = sql`${await inboxOf(db, actor)} and ${only}`;
  return pageById({
    limit,
    cursor,
    read: async (before, count) => {
      const some = sql`${all} and (${before}::uuid is null or e."id" < ${before}::uuid)`;
      return presentEntries(db, await readRows(db, actor, { source: some, limit: count }));
    },
    count: () => countEntries(db, all),
  });
}

/** How many entries the actor has not read. */
export async function countUnread(db: Db, actor: ProjectActor): Promise<{ unread: number }> {
  const all = await inboxOf(db, actor);
  return { unread: await countEntries(db, sql`${all} and e."readAt" is null`) };
}

async function countEntries(db: Db, source: Sql): Promise<number> {
  const [row] = await queryRows<{ count: number }>(db, sql`select count(*)::int as "count" from ${source}`);
  return row?.count ?? 0;
}

type Which = { source: Sql; limit: number };

const readRows = async (db: Db, actor: ProjectActor, { source, limit }: Which): Promise<Row[]> =>
  queryRows<Row>(
    db,
    sql`select e."id", e."kind"::text as "kind", e."recordId", r."externalId",
        (select json_build_object('id', s."id", 'name', s."name", 'annotationId', i."annotationId")
          from "SessionItem" i
          join "VerificationSession" s on s."projectId" = i."projectId" and s."id" = i."sessionId"
            and ${sessionsOpenTo(actor)}
          where i."projectId" = e."projectId" and i."sessionId" = coalesce(c."sessionId", f."sessionId")
            and i."recordId" = e."recordId" order by i."position" limit 1) as "session",
        e."byId", e."commentId", c."body", c."mentions",
        e."flagId", f."kind"::text as "flagKind", f."settledAt", f."settledById",
        ${await shownResolution(db, actor)} as "resolution",
        e."createdAt", e."readAt" is not null as "read"
      from ${source} order by e."id" desc limit ${limit}::bigint`,
  );

async function presentEntries(db: Db, rows: readonly Row[]): Promise<InboxEntry[]> {
  const ids = rows.flatMap(({ byId, mentions, settledById }) => [
    byId,
    ...(mentions ?? []),
    settledById ?? byId,
  ]);
  const names = await namesOf(db, ids);
  const personOf = (id: string) => ({ id, name: names.get(id) ?? "Somebody" });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    record: { id: row.recordId, externalId: row.externalId },
    session: row.session,
    by: personOf(row.byId),
    comment:
      row.commentId === null
        ? null
        : { id: row.commentId, body: row.body ?? "", mentions: (row.mentions ?? []).map(personOf) },
    flag:
      row.flagId === null || row.flagKind === null
        ? null
        : { id: row.flagId, kind: row.flagKind, settled: settledOf(row, personOf) },
    createdAt: row.createdAt.toISOString(),
    read: row.read,
  }));
}

function settledOf(
  { settledAt, settledById, resolution }: Row,
  personOf: (id: string) => InboxEntry["by"],
): NonNullable<InboxEntry["flag"]>["settled"] {
  if (!settledAt || !settledById) return null;
  return { by: personOf(settledById), at: settledAt.toISOString(), note: resolution };
}
