import type { ProjectActor } from "@/server/modules/access";
import { recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/**
 * Erases a saved key. Jobs that use it pause at their next run and ask for one.
 * @throws AppError `not_found`
 */
export async function deleteLlmKey(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { id }: { id: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const row = await tx.llmKey.findFirst({
      where: { projectId, id },
      select: { provider: true, baseUrl: true },
    });
    if (!row) throw new AppError("not_found", "There is no such key in this project.");
    await tx.llmKey.delete({ where: { id } });
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "llm_key.deleted",
      target: id,
      details: { provider: row.provider, ...(row.baseUrl === "" ? {} : { baseUrl: row.baseUrl }) },
      address,
    });
  });
}
