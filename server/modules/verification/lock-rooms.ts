import { type Db, sqlRows, sqlRun } from "@/server/platform/db";
import type { SessionMode } from "./session-mode";

/**
 * Waits for the commits under way in a session, in the order of every group of rooms. Those that follow, and those
 * that were decided before, find another version and so read the new state. The rooms of an independent session are
 * made one by one, under a share of the session's row: those that came until that row is held are locked too, and the
 * next ones wait.
 */
export async function lockRooms(tx: Db, projectId: string, sessionId: string): Promise<void> {
  await lockThose(tx, projectId, sessionId);
  const [session] = await sqlRows<{ mode: SessionMode }>(
    tx,
    `select "mode" from "VerificationSession" where "projectId" = $1::uuid and "id" = $2::uuid for no key update`,
    [projectId, sessionId],
  );
  if (session?.mode === "independent") await lockThose(tx, projectId, sessionId);
  await sqlRun(
    tx,
    `update "CollabRoom" set "version" = "version" + 1 where "projectId" = $1::uuid and "sessionId" = $2::uuid`,
    [projectId, sessionId],
  );
}

const lockThose = (tx: Db, projectId: string, sessionId: string) =>
  sqlRows(
    tx,
    `select "name" from "CollabRoom" where "projectId" = $1::uuid and "sessionId" = $2::uuid
     order by "name" for update`,
    [projectId, sessionId],
  );
