import type { Assignment } from "@/contracts/assignments";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";
import { readAssignment } from "./list-assignments";
import { noSuchAssignment } from "./withdraw-assignment";

/**
 * Takes a withdrawal back: the person has the same records again. One that was not withdrawn stays as it is.
 * @throws AppError `not_found` also when its subset was deleted, `already_assigned`
 */
export async function restoreAssignment(
  db: Db,
  actor: ProjectActor,
  { id }: { id: string },
): Promise<Assignment> {
  const { projectId, userId, address } = actor;
  return inTransaction(db, async (tx) => {
    const [found] = await queryRows<{ withdrawn: boolean; again: boolean }>(
      tx,
      sql`select a."withdrawnAt" is not null as "withdrawn", exists (select 1 from "Assignment" o
          where o."projectId" = a."projectId" and o."subsetId" = a."subsetId" and o."userId" = a."userId"
            and o."id" <> a."id" and o."withdrawnAt" is null) as "again"
        from "Assignment" a
        join "Subset" s on s."projectId" = a."projectId" and s."id" = a."subsetId" and s."deletedAt" is null
        where a."projectId" = ${projectId}::uuid and a."id" = ${id}::uuid for update of s, a`,
    );
    if (!found) throw noSuchAssignment();
    if (found.again)
      throw new AppError("already_assigned", "The person was given this subset anew meanwhile.", {
        status: 409,
      });
    if (found.withdrawn) {
      await tx.assignment.updateMany({ where: { projectId, id }, data: { withdrawnAt: null } });
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: "assignment.restored",
        target: id,
        address,
      });
    }
    const restored = await readAssignment(tx, actor, id);
    if (!restored) throw noSuchAssignment();
    return restored;
  });
}
