import type { InstanceRole, ProjectRole } from "@/contracts/roles";
import type { Actor, ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";

/** A new account, as the actor of a request. */
export async function createActor(
  db: Db,
  { name = "Ada", instanceRole = "member" }: { name?: string; instanceRole?: InstanceRole } = {},
): Promise<Actor> {
  const user = await db.user.create({ data: { id: newId(), name, instanceRole } });
  return { userId: user.id, name, instanceRole };
}

/** A new account that is a member of a project with the given role. */
export async function createMember(
  db: Db,
  { project, role, name }: { project: { id: string; slug: string }; role: ProjectRole; name?: string },
): Promise<ProjectActor> {
  const actor = await createActor(db, { name });
  await db.membership.create({ data: { projectId: project.id, userId: actor.userId, role } });
  return {
    projectId: project.id,
    projectSlug: project.slug,
    userId: actor.userId,
    userName: actor.name,
    role,
    tokenScopes: [],
  };
}
