import type { z } from "zod";
import type { joined, joinInput } from "@/contracts/access";
import { type Db, inTransaction } from "@/server/platform/db";
import type { Actor } from "../actor";
import type { NewSession } from "../sessions/create-session";
import { insertAccessToken } from "../tokens/create-access-token";
import { acceptInvitation } from "./accept-invitation";
import { joinAsGuest } from "./join-project";

const TOKEN_DAYS = 14;

type Joined = z.infer<typeof joined> & { session: NewSession | null };

/**
 * Joins by HTTP: a new guest, or whoever's access token came along, with an access token for this one
 * project. A new guest gets a browser session too.
 */
export async function joinByProgram(
  db: Db,
  { actor, address }: { actor: Actor | null; address: string | null },
  { note = "made on joining", ...input }: z.infer<typeof joinInput>,
): Promise<Joined> {
  return inTransaction(db, async (tx) => {
    const { user, project, session } = actor
      ? {
          user: { id: actor.userId, name: actor.name },
          project: await acceptInvitation(tx, actor, input.token),
          session: null,
        }
      : await joinAsGuest(tx, { ...input, address });
    const token = await insertAccessToken(tx, {
      userId: user.id,
      projectId: project.id,
      scopes: actor?.token?.scopes ?? [],
      expiresAt: new Date(Date.now() + TOKEN_DAYS * 24 * 3_600_000),
      note,
    });
    return { user, project, session, ...token };
  });
}
