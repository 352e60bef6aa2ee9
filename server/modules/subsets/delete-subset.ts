import type { z } from "zod";
import type { deleteSubsetInput } from "@/contracts/subsets";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";
import { noSuchSubset } from "./subset-repository";

/**
 * Deletes a subset. Labels and records stay, jobs and sessions have frozen their records, and live subsets built
 * on it keep their meaning; only assignments end, so they are withdrawn beforehand or on request.
 * @throws AppError `not_found`, `subset_assigned`
 */
export async function deleteSubset(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { id, withdraw = false }: Omit<z.infer<typeof deleteSubsetInput>, "project">,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [subset] = await queryRows<{ name: string; people: number }>(
      tx,
      sql`select s."name", (select count(*)::int from "Assignment" a where a."projectId" = s."projectId"
          and a."subsetId" = s."id" and a."withdrawnAt" is null) as "people"
        from "Subset" s where s."projectId" = ${projectId}::uuid and s."id" = ${id}::uuid
          and s."deletedAt" is null for update`,
    );
    if (!subset) throw noSuchSubset();
    const { name, people } = subset;
    if (people > 0 && !withdraw)
      throw new AppError(
        "subset_assigned",
        `The subset is assigned to ${people} ${people === 1 ? "person" : "people"}. Withdraw the assignments first, or with it (withdraw=1).`,
        { status: 409, details: { people } },
      );
    const now = new Date();
    await tx.assignment.updateMany({
      where: { projectId, subsetId: id, withdrawnAt: null },
      data: { withdrawnAt: now },
    });
    await tx.subset.update({ where: { projectId_id: { projectId, id } }, data: { deletedAt: now } });
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "subset.deleted",
      target: id,
      details: { name, withdrawn: people },
      address,
    });
  });
}
