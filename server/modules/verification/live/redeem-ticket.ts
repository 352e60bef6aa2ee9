import type { Actor } from "@/server/modules/access";
import { hashToken, isWellFormedToken } from "@/server/platform/crypto";
import { type Db, sqlRows } from "@/server/platform/db";
import { TICKET } from "../ticket";

type Row = Omit<Actor, "token"> & { projectId: string; sessionId: string; scopes: string[] };

/**
 * Takes a ticket, which is then worth nothing: one statement, so that of two who come with it one gets in.
 * @returns whom it stands for and the session that it opens; null when it is unknown, used or too old
 */
export async function redeemTicket(
  db: Db,
  ticket: string,
): Promise<{ actor: Actor; sessionId: string } | null> {
  if (!isWellFormedToken(ticket, TICKET)) return null;
  const [row] = await sqlRows<Row>(
    db,
    `with taken as (delete from "CollabTicket" where "tokenHash" = $1 and "expiresAt" > now() returning *)
     select t."projectId", t."sessionId", t."scopes", u."id" as "userId", u."name",
       u."instanceRole"::text as "instanceRole"
     from taken t join "User" u on u."id" = t."userId" where u."disabledAt" is null`,
    [hashToken(ticket)],
  );
  if (!row) return null;
  const { projectId, sessionId, scopes, ...person } = row;
  return { actor: { ...person, token: { id: sessionId, projectId, scopes } }, sessionId };
}
