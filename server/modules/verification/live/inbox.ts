import type { Decision, SpanMark } from "@/contracts/live";
import { type Db, sqlRun } from "@/server/platform/db";
import { publish } from "@/server/platform/events";
import { type SessionEvent, sessionTopic } from "../session-topic";

/** What came by REST for one key of a live document, of a session. */
export type InboxRow = { room: string; sessionId: string; key: string } & (
  | { map: "decisions"; value: Decision }
  | { map: "spans"; value: SpanMark }
);

/**
 * Leaves it for whichever process commits next in each room, and tells all of them. The rows that it stands for are
 * written in the same transaction, under the locks of the rooms.
 */
export async function putIntoInbox(tx: Db, rows: readonly InboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sqlRun(
    tx,
    `insert into "CollabInbox" ("room", "map", "key", "value")
     select "room", "map", "key", "value" from jsonb_to_recordset($1::jsonb)
       as t ("room" text, "map" text, "key" text, "value" jsonb)`,
    [JSON.stringify(rows)],
  );
  const rooms = new Map(rows.map(({ room, sessionId }) => [room, sessionId]));
  for (const [room, sessionId] of rooms)
    await publish(tx, sessionTopic(sessionId), { room } satisfies SessionEvent);
}
