import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { noSuchSubset } from "./subset-repository";

/**
 * Deletes a subset. Jobs and sessions have frozen their records, and live subsets built on it keep their
 * meaning; only an assignment would break, so one stands in the way.
 * @throws AppError `not_found`, `subset_assigned`
 */
export async function deleteSubset(
  db: Db,
  { projectId }: ProjectActor,
  { id }: { id: string },
): Promise<void> {
  const deleted = await execute(
    db,
    sql`update "Subset" s set "deletedAt" = now()
      where s."projectId" = ${projectId}::uuid and s."id" = ${id}::uuid and s."deletedAt" is null
        and not exists (select 1 from "Assignment" a where a."projectId" = s."projectId"
          and a."subsetId" = s."id" and a."withdrawnAt" is null)`,
  );
  if (deleted > 0) return;
  const [assigned] = await queryRows<{ people: number }>(
    db,
    sql`select count(*)::int as "people" from "Subset" s
      join "Assignment" a on a."projectId" = s."projectId" and a."subsetId" = s."id" and a."withdrawnAt" is null
      where s."projectId" = ${projectId}::uuid and s."id" = ${id}::uuid and s."deletedAt" is null`,
  );
  if (!assigned?.people) throw noSuchSubset();
  throw new AppError(
    "subset_assigned",
    `The subset is assigned to ${assigned.people} ${assigned.people === 1 ? "person" : "people"}. Withdraw the assignments first.`,
    { status: 409 },
  );
}
