import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { excludeRecords } from "./many";

/**
 * Takes a record out of every query. Its labels, verdicts and costs stay, and it can be restored.
 * @throws AppError `not_found`
 */
export async function deleteRecord(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<void> {
  const { projectId, userId, address } = actor;
  await inTransaction(db, async (tx) => {
    const { changed } = await excludeRecords(tx, { projectId, ids: [id], userId });
    if (changed.length === 0) throw noSuchRecord();
    await recordAudit(tx, { projectId, actorId: userId, action: "record.deleted", target: id, address });
  });
}

const noSuchRecord = () => new AppError("not_found", "There is no such record in this project.");
