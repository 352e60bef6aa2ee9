import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import type { Actor, ProjectActor } from "./actor";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Finds the project by slug or id and proves that the actor is a live member.
 * A project of which the actor is no member does not exist for them.
 * @throws AppError `not_found`
 */
export async function proveMembership(db: Db, actor: Actor, projectRef: string): Promise<ProjectActor> {
  const membership = await db.membership.findFirst({
    where: {
      userId: actor.userId,
      disabledAt: null,
      removedAt: null,
      user: { disabledAt: null },
      project: {
        deletingAt: null,
        ...(uuid.test(projectRef)
          ? { OR: [{ id: projectRef }, { slug: projectRef }] }
          : { slug: projectRef }),
      },
    },
    select: { role: true, projectId: true, project: { select: { slug: true } } },
  });
  if (!membership || (actor.token?.projectId && actor.token.projectId !== membership.projectId))
    throw new AppError("not_found", "There is no such project, or you are not a member of it.");
  return {
    projectId: membership.projectId,
    projectSlug: membership.project.slug,
    userId: actor.userId,
    userName: actor.name,
    role: membership.role,
    tokenScopes: actor.token?.scopes ?? [],
    ...(actor.token?.projectId ? { onlyThisProject: true } : {}),
    address: actor.address,
  };
}
