import type { ProjectRole } from "@/contracts/roles";
import { type Db, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { invitationHash, unknownInvitation } from "./find-invitation";
import { stateOf } from "./present-invitation";

export type TakenInvitation = { id: string; projectId: string; slug: string; role: ProjectRole };

const gone = {
  used: "This invitation has been used up. Ask for a new link.",
  expired: "This invitation has expired. Ask for a new link.",
  revoked: "This invitation was revoked. Ask for a new link.",
} as const;

/**
 * Uses an invitation once. One statement with its precondition: of many who come for the last use at once,
 * the row's lock lets one through.
 * @throws AppError `invitation_used`, `invitation_expired`, `invitation_revoked` (410), `invitation_unknown` (404)
 */
export async function takeInvitation(tx: Db, token: string): Promise<TakenInvitation> {
  const tokenHash = invitationHash(token);
  const [taken] = await sqlRows<TakenInvitation>(
    tx,
    `update "Invitation" i set "uses" = i."uses" + 1
     from "Project" p
     where i."tokenHash" = $1 and p."id" = i."projectId" and i."revokedAt" is null and i."expiresAt" > now()
       and (i."maxUses" is null or i."uses" < i."maxUses")
     returning i."id", i."projectId", p."slug", i."role"::text as "role"`,
    [tokenHash],
  );
  if (taken) return taken;
  const row = await tx.invitation.findUnique({ where: { tokenHash } });
  if (!row) throw unknownInvitation();
  const state = stateOf(row);
  // The statement above read the database's clock, so a row that still looks alive has just run out.
  const reason = state === "active" ? "expired" : state;
  throw new AppError(`invitation_${reason}`, gone[reason], { status: 410 });
}
