import type { JoinInfo } from "@/contracts/access";
import { hashToken, isWellFormedToken } from "@/server/platform/crypto";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { namesOf } from "../members/names-of";
import { INVITATION } from "../tokens/token-prefixes";
import { stateOf } from "./present-invitation";

/** For whoever holds a link: no invitation has this secret. */
export const unknownInvitation = (): AppError =>
  new AppError(
    "invitation_unknown",
    "There is no such invitation. Check that the link is complete, or ask for a new one.",
    { status: 404 },
  );

/** The stored form of an invitation's secret. @throws AppError `invitation_unknown` for what we never made */
export function invitationHash(token: string): string {
  if (!isWellFormedToken(token, INVITATION)) throw unknownInvitation();
  return hashToken(token);
}

/**
 * What the join page says before anybody joins. Looking uses nothing up.
 * @throws AppError `invitation_unknown` (404)
 */
export async function findInvitation(db: Db, { token }: { token: string }): Promise<JoinInfo> {
  const row = await db.invitation.findUnique({
    where: { tokenHash: invitationHash(token), project: { deletingAt: null } },
    include: { project: { select: { name: true } } },
  });
  if (!row) throw unknownInvitation();
  const names = await namesOf(db, [row.createdById]);
  return {
    project: row.project,
    role: row.role,
    invitedBy: names.get(row.createdById) ?? "",
    state: stateOf(row),
  };
}
