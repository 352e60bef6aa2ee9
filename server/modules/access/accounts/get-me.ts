import type { Me } from "@/contracts/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import type { Actor } from "../actor";

/** Who the caller is, and the projects they are in: a guest's token reaches one of them only. */
export async function getMe(db: Db, { userId, token }: Actor): Promise<Me> {
  const onlyProject = token?.projectId ? { projectId: token.projectId } : {};
  const user = await db.user.findUnique({
    where: { id: userId },
    select: {
      id: true,
      name: true,
      email: true,
      instanceRole: true,
      memberships: {
        where: { disabledAt: null, removedAt: null, ...onlyProject },
        orderBy: { projectId: "desc" },
        select: { role: true, project: { select: { id: true, slug: true, name: true } } },
      },
    },
  });
  if (!user) throw new AppError("unauthenticated", "This account no longer exists.");
  const { memberships, ...who } = user;
  return {
    ...who,
    kind: who.instanceRole === "guest" ? "guest" : "user",
    projects: memberships.map(({ project, role }) => ({ ...project, role })),
  };
}
