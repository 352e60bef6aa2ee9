import type { Scope } from "@/contracts/roles";
import type { Db } from "@/server/platform/db";
import { AppError, isAppError } from "@/server/platform/errors";
import { can, type ProjectActor } from "./actor";
import { proveMembership } from "./prove-membership";

/**
 * A person in whose name background work goes on, with the rights they have now.
 * @throws AppError `forbidden` when they have left the project, or their role no longer includes the scope
 */
export async function actingMember(
  db: Db,
  projectId: string,
  userId: string,
  scope: Scope,
): Promise<ProjectActor> {
  const user = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, instanceRole: true },
  });
  const lost = () =>
    new AppError("forbidden", `${user.name} may no longer do this in the project, so it was stopped.`);
  const member = await proveMembership(db, { userId, ...user }, projectId).catch((error: unknown) => {
    throw isAppError(error) ? lost() : error;
  });
  if (!can(member, scope)) throw lost();
  return member;
}
