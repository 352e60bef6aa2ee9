import type { z } from "zod";
import type { enterInput } from "@/contracts/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import type { Actor } from "../actor";
import type { NewSession } from "../sessions/create-session";
import { acceptInvitation, type JoinedProject } from "./accept-invitation";
import { joinAsGuest } from "./join-project";

/**
 * Joins in a browser: who is signed in gets a membership, a stranger gives a name and becomes a guest with a
 * session.
 * @throws AppError as `acceptInvitation` and `joinAsGuest`; `invalid` for a stranger without a name
 */
export async function enterProject(
  db: Db,
  { actor, address }: { actor: Actor | null; address: string | null },
  { token, name }: z.infer<typeof enterInput>,
): Promise<{ project: JoinedProject; session: NewSession | null }> {
  if (actor) return { project: await acceptInvitation(db, actor, token), session: null };
  if (name === undefined)
    throw new AppError("invalid", "Enter your name.", { errors: [{ path: "name", message: "is needed" }] });
  const { project, session } = await joinAsGuest(db, { token, name, address });
  return { project, session };
}
