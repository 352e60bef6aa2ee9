import { type Db, sqlRows } from "@/server/platform/db";
import type { Actor } from "../actor";

/** The person of a live browser session, or null when it has expired or was revoked, or they are disabled. */
export async function findSessionActor(
  db: Db,
  { sessionId, userId }: { sessionId: string; userId: string },
): Promise<Actor | null> {
  const [actor] = await sqlRows<Actor>(
    db,
    `select u."id" as "userId", u."name", u."instanceRole"::text as "instanceRole", s."id" as "sessionId"
     from "AuthSession" s join "User" u on u."id" = s."userId"
     where s."id" = $1::uuid and s."userId" = $2::uuid and s."revokedAt" is null and s."expiresAt" > now()
       and u."disabledAt" is null`,
    [sessionId, userId],
  );
  return actor ?? null;
}
