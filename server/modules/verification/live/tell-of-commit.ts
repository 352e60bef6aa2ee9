import { eventInStatement } from "@/server/platform/events";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import { type SessionEvent, sessionTopic } from "../session-topic";
import type { RoomRef } from "./open-room";

/**
 * Tells other processes that a room's log has grown. It is told after the commit and not in it: commits that notify wait
 * for each other in the whole database, and those who listen wake up beside it.
 * @param node of this process; it needs no telling
 */
export async function tellOfCommit(
  statements: PreparedStatements,
  { name, sessionId }: RoomRef,
  node: string,
): Promise<void> {
  const { channel, message, committed } = eventInStatement(sessionTopic(sessionId), {
    room: name,
    node,
  } satisfies SessionEvent);
  if (channel !== null)
    await statements.rowsOfText("tell of a commit", "select pg_notify($1::text, $2::text)", [
      channel,
      message,
    ]);
  committed();
}
