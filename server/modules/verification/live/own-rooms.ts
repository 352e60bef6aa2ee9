import { roomName } from "@/contracts/live";
import type { Actor } from "@/server/modules/access";
import { type Db, sqlRun } from "@/server/platform/db";

type Room = { sessionId: string; chunk: number };

/**
 * Makes a person's rooms in independent sessions, where they aren't there yet. A statement of its own, under a share of
 * the session's row: whoever closes a session holds all its rooms (see `lock-rooms.ts`).
 */
export async function makeOwnRooms(
  db: Db,
  { userId }: Pick<Actor, "userId">,
  rooms: readonly Room[],
): Promise<void> {
  if (rooms.length === 0) return;
  await sqlRun(
    db,
    `insert into "CollabRoom" ("name", "projectId", "sessionId", "chunk", "userId")
     select s."name", s."projectId", s."id", s."chunk", $1::uuid from (
       select w."name", v."projectId", v."id", w."chunk"
       from unnest($2::text[], $3::uuid[], $4::int[]) as w ("name", "sessionId", "chunk")
       join "VerificationSession" v on v."id" = w."sessionId" and v."mode" = 'independent'
       where not exists (select 1 from "CollabRoom" r where r."name" = w."name")
       for share of v
     ) s on conflict do nothing`,
    [
      userId,
      rooms.map(({ sessionId, chunk }) => roomName(sessionId, chunk, userId)),
      rooms.map(({ sessionId }) => sessionId),
      rooms.map(({ chunk }) => chunk),
    ],
  );
}
