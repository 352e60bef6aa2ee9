import type { ProjectActor } from "@/server/modules/access";
import { hashToken, newToken } from "@/server/platform/crypto";
import { type Db, sqlRun } from "@/server/platform/db";
import { readSession } from "./session-repository";
import { TICKET } from "./ticket";

const LIFETIME_MS = 60_000;

/**
 * Makes a pass for one connection to the live rooms of a session within a minute, for programs that can't send
 * a header. It may travel in an address, since it is worth nothing after its use.
 * @throws AppError `not_found`
 */
export async function createTicket(
  db: Db,
  actor: ProjectActor,
  { id }: { id: string },
): Promise<{ ticket: string; expiresAt: string }> {
  await readSession(db, actor, id);
  const { projectId, userId, tokenScopes } = actor;
  const ticket = newToken(TICKET);
  const expiresAt = new Date(Date.now() + LIFETIME_MS);
  await sqlRun(
    db,
    `with expired as (delete from "CollabTicket" where "expiresAt" < now() - interval '1 minute')
     insert into "CollabTicket" ("tokenHash", "userId", "projectId", "sessionId", "scopes", "expiresAt")
     values ($1, $2::uuid, $3::uuid, $4::uuid, $5::text[], $6::timestamptz)`,
    [hashToken(ticket), userId, projectId, id, tokenScopes, expiresAt],
  );
  return { ticket, expiresAt: expiresAt.toISOString() };
}
