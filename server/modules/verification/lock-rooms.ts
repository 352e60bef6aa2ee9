import { type Db, sqlRows, sqlRun } from "@/server/platform/db";
import type { SessionMode } from "./session-mode";

/**
 * Waits for the commits under way in these rooms, and makes those that were prepared before look again: they find
 * another version. Always in the order of the names, so that two who lock several rooms never wait for each other.
 */
export async function lockRooms(tx: Db, names: readonly string[]): Promise<void> {
  await sqlRows(
    tx,
    `select "name" from "CollabRoom" where "name" = any($1::text[]) order by "name" for update`,
    [names],
  );
  await sqlRun(tx, `update "CollabRoom" set "version" = "version" + 1 where "name" = any($1::text[])`, [
    names,
  ]);
}

/**
 * The same for all rooms of a session. Those of an independent session are made one by one, under a share of the
 * session's row: rooms that were made until that row is held are locked too, and the making of others waits.
 */
export async function lockRoomsOf(tx: Db, projectId: string, sessionId: string): Promise<void> {
  await lockEach(tx, projectId, sessionId);
  const [session] = await sqlRows<{ mode: SessionMode }>(
    tx,
    `select "mode" from "VerificationSession" where "projectId" = $1::uuid and "id" = $2::uuid for no key update`,
    [projectId, sessionId],
  );
  if (session?.mode === "independent") await lockEach(tx, projectId, sessionId);
  await sqlRun(
    tx,
    `update "CollabRoom" set "version" = "version" + 1 where "projectId" = $1::uuid and "sessionId" = $2::uuid`,
    [projectId, sessionId],
  );
}

const lockEach = (tx: Db, projectId: string, sessionId: string) =>
  sqlRows(
    tx,
    `select "name" from "CollabRoom" where "projectId" = $1::uuid and "sessionId" = $2::uuid
     order by "name" for update`,
    [projectId, sessionId],
  );
