import type { Invitation } from "@/contracts/access";
import type { Invitation as InvitationRow } from "@/prisma/generated/client/client";

type Facts = Pick<InvitationRow, "maxUses" | "uses" | "expiresAt" | "revokedAt">;

/** What an invitation is good for; of several reasons why it is dead, the one that a person did comes first. */
export function stateOf({ revokedAt, maxUses, uses, expiresAt }: Facts): Invitation["state"] {
  if (revokedAt) return "revoked";
  if (maxUses !== null && uses >= maxUses) return "used";
  return expiresAt.getTime() <= Date.now() ? "expired" : "active";
}

/** An invitation as its project's administrators see it; never its secret. */
export function presentInvitation(row: InvitationRow, createdByName: string): Invitation {
  return {
    id: row.id,
    role: row.role,
    maxUses: row.maxUses,
    uses: row.uses,
    note: row.note,
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    createdBy: { id: row.createdById, name: createdByName },
    state: stateOf(row),
  };
}
