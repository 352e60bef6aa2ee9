import type { RecordRow } from "@/contracts/records";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { getRecord } from "@/server/modules/search";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { includeRecords } from "./many";

/**
 * Brings an excluded record back into every query, with the labels it had; one that is there already stays so.
 * @returns the record
 * @throws AppError `not_found`, `erased` when nothing of it is left
 */
export async function restoreRecord(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<RecordRow> {
  const { projectId, userId, address } = actor;
  return inTransaction(db, async (tx) => {
    const { skipped } = await includeRecords(tx, { projectId, ids: [id] });
    if (skipped.erased)
      throw new AppError("erased", "This record was erased: nothing of it is left to restore.", {
        status: 409,
      });
    const restored = await getRecord(tx, actor, { id });
    if (!skipped.unchanged)
      await recordAudit(tx, { projectId, actorId: userId, action: "record.restored", target: id, address });
    return restored;
  });
}
