import { type Db, sqlRows, sqlRun } from "@/server/platform/db";

/**
 * Waits for the commits under way in a session, in the order of every group of rooms. Those that follow, and those
 * that were decided before, find another version and so read the new state.
 */
export async function lockRooms(tx: Db, projectId: string, sessionId: string): Promise<void> {
  await sqlRows(
    tx,
    `select "name" from "CollabRoom" where "projectId" = $1::uuid and "sessionId" = $2::uuid
     order by "name" for update`,
    [projectId, sessionId],
  );
  await sqlRun(
    tx,
    `update "CollabRoom" set "version" = "version" + 1 where "projectId" = $1::uuid and "sessionId" = $2::uuid`,
    [projectId, sessionId],
  );
}
