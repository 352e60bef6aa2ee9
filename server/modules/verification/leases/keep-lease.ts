import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { sessionsOpenTo } from "../session-reach";
import { LEASE_SECONDS } from "./lease";

const gone = () => new AppError("not_found", "You don't hold this record any more; ask for the next one.");

/**
 * Prolongs a lease that is still one's own, in a session that is still open to one. One that has expired can't come back.
 * @throws AppError `not_found`
 */
export async function keepLease(
  db: Db,
  actor: ProjectActor,
  { id }: { id: string },
): Promise<{ expiresAt: string }> {
  const { projectId, userId } = actor;
  const [lease] = await queryRows<{ expiresAt: Date }>(
    db,
    sql`update "SessionLease" l set "expiresAt" = now() + make_interval(secs => ${LEASE_SECONDS}::int)
      where l."projectId" = ${projectId}::uuid and l."id" = ${id}::uuid and l."userId" = ${userId}::uuid
        and l."expiresAt" > now() and exists (select 1 from "VerificationSession" s
          where s."projectId" = l."projectId" and s."id" = l."sessionId" and ${sessionsOpenTo(actor)})
      returning l."expiresAt"`,
  );
  if (!lease) throw gone();
  return { expiresAt: lease.expiresAt.toISOString() };
}

/** Gives a record back, for others to take. Given back twice is given back. */
export async function giveBackLease(
  db: Db,
  { projectId, userId }: ProjectActor,
  { id }: { id: string },
): Promise<void> {
  await execute(
    db,
    sql`delete from "SessionLease" where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid
      and "userId" = ${userId}::uuid`,
  );
}
