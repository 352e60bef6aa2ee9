import type { z } from "zod";
import type { setUpInput } from "@/contracts/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { recordAudit } from "../audit/record-audit";
import { createSession, type NewSession } from "../sessions/create-session";
import { requireStrongPassword } from "./credentials";
import { createOwner, hasOwner } from "./ensure-owner";

/**
 * The first person on an empty instance becomes its owner and is signed in; of two at once, one.
 * @throws AppError `already_set_up` (409), `weak_password`
 */
export async function setUpInstance(
  db: Db,
  { name, email, password, address }: z.infer<typeof setUpInput> & { address: string | null },
): Promise<NewSession> {
  if (await hasOwner(db)) throw alreadySetUp();
  await requireStrongPassword(password, [name, email]);
  return inTransaction(db, async (tx) => {
    const { id, created } = await createOwner(tx, { name, email, password });
    if (!created) throw alreadySetUp();
    await recordAudit(tx, { projectId: null, actorId: id, action: "instance.set_up", target: id, address });
    return createSession(tx, id, "setup");
  });
}

const alreadySetUp = (): AppError =>
  new AppError("already_set_up", "This instance has an owner already. Sign in instead.", { status: 409 });
