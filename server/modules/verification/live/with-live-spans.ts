import type { SpanMark } from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { lockRooms } from "../lock-rooms";
import { type InboxRow, putIntoInbox } from "./inbox";

type Named = { recordId: string; label: string };
/** A room that holds a record, in which spans of a label are verified. */
type Place = Named & { room: string; sessionId: string };
type OwnSpan = Named & { id: string; value: string[]; start: number; end: number };

/**
 * Runs what writes the actor's own labels, in a transaction. What it changes of spans shows in the live documents that
 * hold their records, as if it had been marked there; their rows are locked first, so that both ways have one order.
 * @param named the labels that are written
 */
export async function withLiveSpans<T>(
  db: Db,
  actor: ProjectActor,
  named: readonly Named[],
  write: (tx: Db) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    const places = await lockPlaces(tx, actor, named);
    if (places.length === 0) return write(tx);
    const before = await readOwn(tx, actor, places);
    const done = await write(tx);
    const after = await readOwn(tx, actor, places);
    await putIntoInbox(tx, inboxOf(actor, places, { before, after }));
    return done;
  });
}

/** The rooms of open sessions that hold these labels' spans, in the order of their items; no commit passes by. */
async function lockPlaces(
  tx: Db,
  { projectId, userId }: ProjectActor,
  named: readonly Named[],
): Promise<Place[]> {
  const places = await sqlRows<Place>(
    tx,
    `select r."name" as "room", s."id" as "sessionId", n."recordId", n."label"
     from (select distinct * from jsonb_to_recordset($2::jsonb) as t ("recordId" uuid, "label" text)) n
     join "VerificationSession" s on s."projectId" = $1::uuid and s."labelName" = n."label" and s."state" = 'open'
     join "SessionItem" i on i."projectId" = s."projectId" and i."sessionId" = s."id" and i."recordId" = n."recordId"
     join "Annotation" a on a."projectId" = i."projectId" and a."id" = i."annotationId" and a."level" = 'span'
     join "CollabRoom" r on r."projectId" = s."projectId" and r."sessionId" = s."id"
       and r."chunk" = i."position" / s."chunkSize" and (r."userId" is null or r."userId" = $3::uuid)
     group by r."name", s."id", n."recordId", n."label" order by s."id", min(i."position")`,
    [projectId, JSON.stringify(named.map(({ recordId, label }) => ({ recordId, label }))), userId],
  );
  if (places.length === 0) return [];
  await lockRooms(tx, [...new Set(places.map(({ room }) => room))]);
  return places;
}

async function readOwn(
  tx: Db,
  { projectId, userId }: ProjectActor,
  places: readonly Place[],
): Promise<Map<string, OwnSpan>> {
  const rows = await sqlRows<OwnSpan>(
    tx,
    `select a."id", a."recordId", a."labelName" as "label", a."value", a."start", a."end" from "Annotation" a
     where a."projectId" = $1::uuid and a."annotatorId" = $2::uuid and a."recordId" = any($3::uuid[])
       and a."labelName" = any($4::text[]) and a."level" = 'span' and a."start" >= 0`,
    [
      projectId,
      userId,
      [...new Set(places.map(({ recordId }) => recordId))],
      [...new Set(places.map(({ label }) => label))],
    ],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

type Both = { before: ReadonlyMap<string, OwnSpan>; after: ReadonlyMap<string, OwnSpan> };

/** A new span goes to the first room of its record in each session; what is there already may be in any. */
function inboxOf({ userId }: ProjectActor, places: readonly Place[], { before, after }: Both): InboxRow[] {
  const at = new Date().toISOString();
  const isThere = (span: OwnSpan) => {
    const old = before.get(span.id);
    return old !== undefined && old.value.join("\n") === span.value.join("\n");
  };
  const changed = [
    ...[...after.values()].filter((span) => !isThere(span)),
    ...[...before.values()].filter(({ id }) => !after.has(id)).map((span) => ({ ...span, value: [] })),
  ];
  return changed.flatMap((span): InboxRow[] => {
    const { id, recordId, label, value, start, end } = span;
    const holding = places.filter((place) => place.recordId === recordId && place.label === label);
    const sessions = new Set<string>();
    const chosen = holding.filter(({ sessionId }) => {
      const isFirst = !sessions.has(sessionId);
      sessions.add(sessionId);
      return isFirst || before.has(id);
    });
    const mark: SpanMark = { recordId, label, value, start, end, by: userId, at };
    return chosen.map(({ room, sessionId }) => ({ room, sessionId, map: "spans", key: id, value: mark }));
  });
}
