import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import type { Actor } from "../actor";
import { invitationHash, unknownInvitation } from "./find-invitation";
import { enroll } from "./join-project";
import { type TakenInvitation, takeInvitation } from "./take-invitation";

export type JoinedProject = { id: string; slug: string; role: TakenInvitation["role"] };

/**
 * Somebody who is signed in opens an invitation: a membership, not a second identity. Who is a member already
 * goes on as they are and uses nothing up.
 * @throws AppError as `takeInvitation`, `forbidden` for who was removed or disabled
 */
export async function acceptInvitation(db: Db, actor: Actor, token: string): Promise<JoinedProject> {
  if (actor.token?.projectId)
    throw new AppError("forbidden", "This access token reaches one project only; it can't join another.");
  const { userId, address } = actor;
  return inTransaction(db, async (tx) => {
    const tokenHash = invitationHash(token);
    const invitation = await tx.invitation.findUnique({
      where: { tokenHash },
      select: { id: true, projectId: true },
    });
    if (!invitation) throw unknownInvitation();
    const existing = await tx.membership.findUnique({
      where: { projectId_userId: { projectId: invitation.projectId, userId } },
      include: { project: { select: { id: true, slug: true } } },
    });
    if (existing?.disabledAt) throw closed("An administrator has switched off your access to this project.");
    if (existing?.removedAt && existing.invitationId === invitation.id)
      throw closed("You were removed from this project, so the link you joined by no longer works for you.");
    if (existing && !existing.removedAt) return { ...existing.project, role: existing.role };
    const taken = await takeInvitation(tx, token);
    await enroll(tx, { userId, invitation: taken, address });
    return { id: taken.projectId, slug: taken.slug, role: taken.role };
  });
}

const closed = (why: string): AppError =>
  new AppError("forbidden", `${why} Ask an administrator of the project.`);
