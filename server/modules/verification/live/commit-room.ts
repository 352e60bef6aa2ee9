import { ensureAnnotator } from "@/server/modules/annotations";
import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { publish } from "@/server/platform/events";
import { enqueue } from "@/server/platform/queue";
import { type SessionEvent, sessionTopic } from "../session-topic";
import { type NewVerdict, writeVerdicts } from "../write-verdicts";
import type { RoomRef } from "./open-room";
import { type LockedQuestion, lockRoom, type RoomUnderLock } from "./room-log";

/** Rows of the log after which it is folded into the snapshot. */
const COMPACT_AFTER = 500;
export const COMPACT_ROOM = "compact-room";

/** Owner of the client ids under which servers write; no person has it. */
export const SERVER_OWNER = "00000000-0000-0000-0000-000000000000";

/** What one commit of a room writes. */
export type RoomWrites = {
  /** The Yjs update that brings a replica of the log to the new document. */
  update: Uint8Array;
  /** Client ids that write for the first time, and whose they are from now on. */
  newOwners: readonly { clientId: number; userId: string }[];
  /** Rows of the inbox that the update holds. */
  drained: readonly string[];
  verdicts: readonly NewVerdict[];
  /** People who decide for the first time. */
  newVerifiers: readonly { userId: string; name: string }[];
  /** How many rows the log has had since the snapshot, as far as this process knows. */
  logLength: number;
};

export type CommitRoom = {
  room: RoomRef;
  /** Of this process; it needs no telling. */
  node: string;
  question: Pick<LockedQuestion, "since" | "userIds" | "clientIds">;
  /** Decides under the room's lock what to write; null: nothing. */
  decide(now: RoomUnderLock, replacedBy: ReplacedBy): Promise<RoomWrites | null>;
};

/** The verdict that the current one of each label replaced in this session. */
export type ReplacedBy = (annotationIds: readonly string[]) => Promise<Map<string, ReplacedVerdict>>;
export type ReplacedVerdict = {
  annotationId: string;
  verifierId: string;
  status: "CONFIRMS" | "CORRECTS" | "UNSURE" | null;
  value: string[];
  decidedAt: Date;
};

/**
 * One commit of a live document: log, owners of client ids, verdicts and inbox in one transaction, under the lock
 * of the room's row. What other processes committed before is handed to `decide` first.
 * @returns the last row of the log that the process has then seen
 */
export async function commitRoom(db: Db, { room, node, question, decide }: CommitRoom): Promise<string> {
  const { name, projectId, sessionId } = room;
  return inTransaction(db, async (tx) => {
    const now = await lockRoom(tx, { room: name, projectId, sessionId, ...question });
    const writes = await decide(now, (ids) => readReplaced(tx, room, ids));
    if (!writes) return now.lastUpdateId;
    for (const { userId, name: personName } of writes.newVerifiers)
      await ensureAnnotator(tx, { projectId, id: userId, kind: "user", name: personName });
    await writeVerdicts(tx, { projectId, sessionId, verdicts: writes.verdicts });
    const id = await appendToLog(tx, name, writes);
    await publish(tx, sessionTopic(sessionId), { room: name, node } satisfies SessionEvent);
    if (writes.logLength > 0 && writes.logLength % COMPACT_AFTER === 0)
      await enqueue(tx, COMPACT_ROOM, { room: name }, { key: `${COMPACT_ROOM} ${name}` });
    return id;
  });
}

async function appendToLog(
  tx: Db,
  room: string,
  { update, newOwners, drained }: RoomWrites,
): Promise<string> {
  const [row] = await sqlRows<{ id: string }>(
    tx,
    `with owned as (
       insert into "CollabClient" ("room", "clientId", "userId")
       select $1, * from unnest($3::bigint[], $4::uuid[]) on conflict do nothing
     ), drained as (
       delete from "CollabInbox" where "room" = $1 and "id" = any($5::bigint[])
     )
     insert into "CollabUpdate" ("room", "update") values ($1, decode($2, 'base64')) returning "id"::text`,
    [
      room,
      Buffer.from(update).toString("base64"),
      newOwners.map(({ clientId }) => clientId),
      newOwners.map(({ userId }) => userId),
      drained,
    ],
  );
  if (!row) throw new Error(`The log of ${room} was not written.`);
  return row.id;
}

async function readReplaced(
  tx: Db,
  { projectId, sessionId }: RoomRef,
  annotationIds: readonly string[],
): Promise<Map<string, ReplacedVerdict>> {
  if (annotationIds.length === 0) return new Map();
  const rows = await sqlRows<ReplacedVerdict>(
    tx,
    `select v.* from unnest($3::uuid[]) as wanted ("annotationId")
     cross join lateral (
       select v."annotationId", v."verifierId", v."status"::text as "status", v."value",
         coalesce(v."decidedAt", v."createdAt") as "decidedAt"
       from "Verification" v
       where v."projectId" = $1::uuid and v."sessionId" = $2::uuid and v."annotationId" = wanted."annotationId"
         and not v."overtaken"
       order by v."createdAt" desc, v."id" desc offset 1 limit 1
     ) v`,
    [projectId, sessionId, annotationIds],
  );
  return new Map(rows.map((row) => [row.annotationId, row]));
}
