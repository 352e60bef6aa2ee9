import type { z } from "zod";
import type { joinPage } from "@/contracts/access";
import { isWellFormedToken } from "@/server/platform/crypto";
import type { Db } from "@/server/platform/db";
import type { Actor } from "../actor";
import { INVITATION } from "../tokens/token-prefixes";
import { findInvitation, invitationHash } from "./find-invitation";

/**
 * What the page of an invitation shows to whoever opens it; an unknown one is no error, and a member goes on
 * to the project, also when the invitation is dead by now.
 */
export async function lookAtInvitation(
  db: Db,
  actor: Actor | null,
  { token }: { token: string },
): Promise<z.infer<typeof joinPage>> {
  if (!isWellFormedToken(token, INVITATION)) return { invitation: null, memberOf: null };
  const tokenHash = invitationHash(token);
  const row = await db.invitation.findUnique({
    where: { tokenHash, project: { deletingAt: null } },
    select: { projectId: true },
  });
  if (!row) return { invitation: null, memberOf: null };
  return {
    invitation: await findInvitation(db, { token }),
    memberOf: actor ? await slugForMember(db, row.projectId, actor.userId) : null,
  };
}

async function slugForMember(db: Db, projectId: string, userId: string): Promise<string | null> {
  const membership = await db.membership.findFirst({
    where: { projectId, userId, disabledAt: null, removedAt: null },
    select: { project: { select: { slug: true } } },
  });
  return membership?.project.slug ?? null;
}
