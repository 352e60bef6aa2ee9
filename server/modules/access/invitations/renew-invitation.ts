import type { z } from "zod";
import type { CreatedInvitation, renewInvitationInput } from "@/contracts/access";
import { hashToken, newToken } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import type { ProjectActor } from "../actor";
import { recordAudit } from "../audit/record-audit";
import { namesOf } from "../members/names-of";
import { INVITATION } from "../tokens/token-prefixes";
import { invitationUrl } from "./create-invitation";
import { noSuchInvitation } from "./list-invitations";
import { presentInvitation } from "./present-invitation";

const DAYS = 7;
const DAY = 24 * 3_600_000;

/**
 * Gives an invitation another secret, no uses and a new end; the old link is dead. A revoked one stays dead,
 * since somebody decided so.
 * @throws AppError `not_found`, `invitation_revoked` (409)
 */
export async function renewInvitation(
  db: Db,
  actor: ProjectActor,
  { id, expiresInDays = DAYS }: Omit<z.infer<typeof renewInvitationInput>, "project">,
  publicUrl: string,
): Promise<CreatedInvitation> {
  const { projectId, userId, address } = actor;
  const token = newToken(INVITATION);
  return inTransaction(db, async (tx) => {
    const [row] = await tx.invitation.updateManyAndReturn({
      where: { projectId, id, revokedAt: null },
      data: { tokenHash: hashToken(token), uses: 0, expiresAt: new Date(Date.now() + expiresInDays * DAY) },
    });
    if (!row) throw await whyNot(tx, projectId, id);
    await recordAudit(tx, { projectId, actorId: userId, action: "invitation.renewed", target: id, address });
    const names = await namesOf(tx, [row.createdById]);
    const shown = presentInvitation(row, names.get(row.createdById) ?? "");
    return { ...shown, token, url: invitationUrl(publicUrl, token) };
  });
}

async function whyNot(db: Db, projectId: string, id: string): Promise<AppError> {
  if ((await db.invitation.count({ where: { projectId, id } })) === 0) return noSuchInvitation();
  return new AppError("invitation_revoked", "This invitation was revoked. Make a new one.", { status: 409 });
}
