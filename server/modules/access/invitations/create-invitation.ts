import type { z } from "zod";
import type { CreatedInvitation, createInvitationInput } from "@/contracts/access";
import { hashToken, newToken } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import type { ProjectActor } from "../actor";
import { recordAudit } from "../audit/record-audit";
import { INVITATION } from "../tokens/token-prefixes";
import { presentInvitation } from "./present-invitation";

const DAY = 24 * 3_600_000;

/** Where an invitation is opened. */
export const invitationUrl = (publicUrl: string, token: string): string => `${publicUrl}/join/${token}`;

/**
 * Makes a link by which people join a project with a role. The secret is in this answer and nowhere else.
 * @param publicUrl what the link starts with, without a slash at the end
 */
export async function createInvitation(
  db: Db,
  actor: ProjectActor,
  { role, maxUses, expiresInDays, note }: Omit<z.infer<typeof createInvitationInput>, "project">,
  publicUrl: string,
): Promise<CreatedInvitation> {
  const { projectId, userId, address } = actor;
  const token = newToken(INVITATION);
  return inTransaction(db, async (tx) => {
    const row = await tx.invitation.create({
      data: {
        id: newId(),
        projectId,
        tokenHash: hashToken(token),
        role,
        maxUses,
        note: note ?? null,
        expiresAt: new Date(Date.now() + expiresInDays * DAY),
        createdById: userId,
      },
    });
    const audit = { projectId, actorId: userId, action: "invitation.created", target: row.id, address };
    await recordAudit(tx, { ...audit, details: { role, maxUses, note: row.note } });
    return { ...presentInvitation(row, actor.userName), token, url: invitationUrl(publicUrl, token) };
  });
}
