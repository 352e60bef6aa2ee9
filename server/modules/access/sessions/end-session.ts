import { type Db, inTransaction } from "@/server/platform/db";
import { announceEverywhere } from "../access-topic";
import type { Actor } from "../actor";

/** Signs a browser out: its cookie is worth nothing from now on, and its live connections close. */
export async function endSession(
  db: Db,
  { sessionId, userId }: Pick<Actor, "sessionId" | "userId">,
): Promise<void> {
  if (sessionId === undefined) return;
  await inTransaction(db, async (tx) => {
    const { count } = await tx.authSession.updateMany({
      where: { id: sessionId, userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 1) await announceEverywhere(tx, userId);
  });
}
