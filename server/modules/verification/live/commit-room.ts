import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { enqueue } from "@/server/platform/queue";
import { lockAndCountOthers, type OthersOnLabel } from "../others-on-labels";
import type { RoomRef } from "./open-room";
import { lockOwnSpans, type SpanQuestion, type StandingLabel } from "./own-spans";
import { type LockedQuestion, lockRoom, type RoomUnderLock } from "./room-log";
import { type RoomWrites, writeRoomWithin } from "./write-room";

const COMPACT_ROOM = "compact-room";

/** Owner of the client ids under which servers write; no person has it. */
export const SERVER_OWNER = "00000000-0000-0000-0000-000000000000";

export type CommitRoom = {
  room: RoomRef;
  question: Pick<LockedQuestion, "since" | "userIds" | "clientIds">;
  /** Decides under the room's lock what to write; null: nothing. */
  decide(now: RoomUnderLock, look: LookUnderLock): Promise<RoomWrites | null>;
};

/** What else can be asked of labels under the lock. */
export type LookUnderLock = {
  replacedBy: ReplacedBy;
  /** In an independent session, how far others are with labels that the room's person decides. */
  othersOn: (annotationIds: readonly string[]) => Promise<ReadonlyMap<string, OthersOnLabel>>;
  /** What the rows hold that spans may meet. */
  ownSpans: (question: SpanQuestion) => Promise<StandingLabel[]>;
};

/** The verdicts of each label in this session that count, oldest first: the last is current. */
type ReplacedBy = (annotationIds: readonly string[]) => Promise<Map<string, ReplacedVerdict[]>>;
export type ReplacedVerdict = {
  annotationId: string;
  verifierId: string;
  status: "CONFIRMS" | "CORRECTS" | "UNSURE" | null;
  value: string[];
  start: number | null;
  end: number | null;
  reason: string | null;
  together: boolean;
  /** Who set this earlier verdict of the verifier's again. */
  restoredById: string | null;
  decidedAt: Date;
};

/** Where a process stands with a room's log. */
export type RoomPosition = { lastUpdateId: string; version: string };

/**
 * One commit of a live document under the lock of the room's row. What other processes committed before, and all
 * else that the commit depends on, is read first and handed to `decide`.
 */
export async function commitRoom(db: Db, { room, question, decide }: CommitRoom): Promise<RoomPosition> {
  const { name, projectId, sessionId } = room;
  return inTransaction(db, async (tx) => {
    const now = await lockRoom(tx, { room: name, projectId, sessionId, ...question });
    const { version, lastUpdateId } = now;
    const writes = await decide(now, {
      replacedBy: (ids) => readReplaced(tx, room, ids),
      othersOn: (ids) => lockAndCountOthers(tx, room, ids),
      ownSpans: (question) => lockOwnSpans(tx, room, question),
    });
    if (!writes) return { version, lastUpdateId };
    const id = await writeRoomWithin(tx, { room, version, authors: [], writes });
    if (id === null) throw new Error(`The room ${name} changed under its lock.`);
    return { version: nextVersion(version), lastUpdateId: id };
  });
}

/** The version of a room after one commit. */
export const nextVersion = (version: string): string => String(BigInt(version) + 1n);

/** Lets the log of a room be folded into its snapshot, in the background. */
export async function requestCompaction(db: Db, { name }: RoomRef): Promise<void> {
  await enqueue(db, COMPACT_ROOM, { room: name }, { key: `${COMPACT_ROOM} ${name}` });
}

/** Verdicts of a label that are looked at; what a person takes back is among the last. */
const HISTORY = 200;

export async function readReplaced(
  db: Db,
  { projectId, sessionId }: RoomRef,
  annotationIds: readonly string[],
): Promise<Map<string, ReplacedVerdict[]>> {
  if (annotationIds.length === 0) return new Map();
  const rows = await sqlRows<ReplacedVerdict>(
    db,
    `select v.* from unnest($3::uuid[]) as wanted ("annotationId")
     cross join lateral (
       select v."annotationId", v."verifierId", v."status"::text as "status", v."value", v."start", v."end", v."reason", v."together",
         v."restoredById", coalesce(v."decidedAt", v."createdAt") as "decidedAt"
       from "Verification" v
       where v."projectId" = $1::uuid and v."sessionId" = $2::uuid and v."annotationId" = wanted."annotationId"
         and not v."overtaken"
       order by v."createdAt" desc, v."id" desc limit ${HISTORY}
     ) v`,
    [projectId, sessionId, annotationIds],
  );
  const histories = new Map<string, ReplacedVerdict[]>(annotationIds.map((id) => [id, []]));
  for (const row of rows.toReversed()) histories.get(row.annotationId)?.push(row);
  return histories;
}
