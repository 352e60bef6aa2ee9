import * as Y from "yjs";
import { type Db, inTransaction, sqlRows, sqlRun } from "@/server/platform/db";
import { readRoomNews } from "./room-log";

/**
 * Folds a room's log into its snapshot. Under the room's lock, so that no commit comes between; a process that
 * has seen less than the snapshot reads it in place of the rows that are gone.
 */
export async function compactRoom(db: Db, room: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sqlRows(tx, `select 1 from "CollabRoom" where "name" = $1 for update`, [room]);
    const { updates, lastUpdateId } = await readRoomNews(tx, room, "0");
    if (updates.length < 2) return;
    const doc = new Y.Doc();
    // One transaction, so that what was overwritten on the way is collected once, at its end.
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
    const state = Buffer.from(Y.encodeStateAsUpdate(doc)).toString("base64");
    doc.destroy();
    await sqlRun(
      tx,
      `insert into "CollabSnapshot" ("room", "state", "lastUpdateId") values ($1, decode($2, 'base64'), $3::bigint)
       on conflict ("room") do update set "state" = excluded."state", "lastUpdateId" = excluded."lastUpdateId",
         "createdAt" = now()`,
      [room, state, lastUpdateId],
    );
    await sqlRun(tx, `delete from "CollabUpdate" where "room" = $1 and "id" <= $2::bigint`, [
      room,
      lastUpdateId,
    ]);
  });
}
