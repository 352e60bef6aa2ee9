import type { z } from "zod";
import type { joinInput } from "@/contracts/access";
import { hashPassword } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { freeEmail, requireStrongPassword } from "../accounts/credentials";
import { recordAudit } from "../audit/record-audit";
import { createSession, type NewSession } from "../sessions/create-session";
import { type TakenInvitation, takeInvitation } from "./take-invitation";

export type Newcomer = {
  user: { id: string; name: string };
  project: { id: string; slug: string; role: TakenInvitation["role"] };
  session: NewSession;
};
type Input = Omit<z.infer<typeof joinInput>, "note"> & { address?: string | null };

/**
 * A stranger becomes a guest with a name, and a member of one project, by an invitation; an e-mail address
 * with a password may come with it. Nothing is used up when anything is refused.
 * @throws AppError as `takeInvitation`, `email_taken` (409), `weak_password`, `invalid`
 */
export async function joinAsGuest(db: Db, input: Input): Promise<Newcomer> {
  const { token, name, address } = input;
  const account = await accountOf(input);
  return inTransaction(db, async (tx) => {
    const invitation = await takeInvitation(tx, token);
    const user = { id: newId(), name };
    await freeEmail(tx, account.email, null);
    await tx.user.create({ data: { ...user, ...account, instanceRole: "guest" } });
    await enroll(tx, { userId: user.id, invitation, address });
    const session = await createSession(tx, user.id, "invite");
    const { projectId: id, slug, role } = invitation;
    return { user, project: { id, slug, role }, session };
  });
}

async function accountOf({ email, password, name }: Input) {
  if (email === undefined && password === undefined) return { email: null, passwordHash: null };
  if (email === undefined || password === undefined) {
    const path = email === undefined ? "email" : "password";
    throw new AppError("invalid", "An e-mail address and a password come together.", {
      errors: [{ path, message: "is needed with the other" }],
    });
  }
  await requireStrongPassword(password, [name, email]);
  return { email, passwordHash: await hashPassword(password) };
}

type Enrollment = { userId: string; invitation: TakenInvitation; address?: string | null };

/** Writes the membership that an invitation gives. */
export async function enroll(tx: Db, { userId, invitation, address }: Enrollment): Promise<void> {
  const { id: invitationId, projectId, role } = invitation;
  await tx.membership.upsert({
    where: { projectId_userId: { projectId, userId } },
    create: { projectId, userId, role, invitationId },
    update: { role, invitationId, removedAt: null, joinedAt: new Date() },
  });
  const audit = { projectId, actorId: userId, action: "member.joined", target: userId, address };
  await recordAudit(tx, { ...audit, details: { role, invitation: invitationId } });
}
