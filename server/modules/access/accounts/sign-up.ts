import type { z } from "zod";
import type { setUpInput } from "@/contracts/access";
import { hashPassword } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { recordAudit } from "../audit/record-audit";
import { createSession, type NewSession } from "../sessions/create-session";
import { freeEmail, requireStrongPassword } from "./credentials";

type Input = z.infer<typeof setUpInput> & {
  address: string | null;
  /** Whether this instance lets anybody in (`TANDEM_OPEN_SIGNUP`). */
  openSignup: boolean;
};

/**
 * Makes an account for anybody who comes, where that is allowed, and signs it in.
 * @throws AppError `forbidden`, `weak_password`, `email_taken`
 */
export async function signUp(db: Db, input: Input): Promise<NewSession> {
  const { name, email, password, address, openSignup } = input;
  if (!openSignup)
    throw new AppError("forbidden", "Accounts are made by invitation here. Ask somebody for a link.");
  await requireStrongPassword(password, [name, email]);
  const passwordHash = await hashPassword(password);
  return inTransaction(db, async (tx) => {
    await freeEmail(tx, email, null);
    const id = newId();
    await tx.user.create({ data: { id, name, email, passwordHash, instanceRole: "member" } });
    await recordAudit(tx, { projectId: null, actorId: id, action: "account.created", target: id, address });
    return createSession(tx, id, "password");
  });
}
