import { type Db, sqlRows, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

type Members = { projectId: string; sessionId: string; userIds: readonly string[] };

/**
 * Opens a session to exactly these members of the project.
 * @returns whose access that took away
 * @throws AppError `invalid` at `members.<n>` for who is no member of the project
 */
export async function setSessionMembers(
  tx: Db,
  { projectId, sessionId, userIds }: Members,
): Promise<string[]> {
  await requireMembers(tx, projectId, userIds);
  const removed = await sqlRows<{ userId: string }>(
    tx,
    `delete from "SessionMember" where "projectId" = $1::uuid and "sessionId" = $2::uuid
       and not "userId" = any($3::uuid[]) returning "userId"`,
    [projectId, sessionId, userIds],
  );
  await sqlRun(
    tx,
    `insert into "SessionMember" ("projectId", "sessionId", "userId")
     select $1::uuid, $2::uuid, unnest($3::uuid[]) on conflict do nothing`,
    [projectId, sessionId, userIds],
  );
  return removed.map(({ userId }) => userId);
}

async function requireMembers(tx: Db, projectId: string, userIds: readonly string[]): Promise<void> {
  const members = await tx.membership.findMany({
    where: { projectId, userId: { in: [...userIds] }, removedAt: null },
    select: { userId: true },
  });
  const known = new Set(members.map(({ userId }) => userId));
  const errors = userIds.flatMap((userId, index) =>
    known.has(userId) ? [] : [{ path: `members.${index}`, message: "is not a member of this project" }],
  );
  if (errors.length > 0)
    throw new AppError("invalid", "A session can be opened only to members of the project.", { errors });
}
