import { type Db, inTransaction } from "@/server/platform/db";
import { announceEverywhere } from "../access-topic";

/** Signs a browser out: its cookie is worth nothing from now on, and its live connections close. */
export async function endSession(
  db: Db,
  { sessionId, userId }: { sessionId: string; userId: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { count } = await tx.authSession.updateMany({
      where: { id: sessionId, userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 1) await announceEverywhere(tx, userId);
  });
}
