import type { z } from "zod";
import type { assignment, assignmentList } from "@/contracts/subsets";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

type AssignmentRow = Omit<z.infer<typeof assignment>, "createdAt"> & { createdAt: Date };

/** Who has which subset, oldest first; for an annotator their own. @param which.subsetId only of this subset */
export async function listAssignments(
  db: Db,
  actor: ProjectActor,
  { subsetId }: { subsetId?: string } = {},
): Promise<z.infer<typeof assignmentList>> {
  const onlyFor = seesOnlyOwn(actor) ? actor.userId : null;
  const rows = await queryRows<AssignmentRow>(
    db,
    sql`select a."id", a."subsetId", a."createdAt", json_build_object('id', u."id", 'name', u."name") as "user"
      from "Assignment" a
      join "Subset" s on s."projectId" = a."projectId" and s."id" = a."subsetId" and s."deletedAt" is null
      join "User" u on u."id" = a."userId"
      where a."projectId" = ${actor.projectId}::uuid and a."withdrawnAt" is null
        and (${subsetId ?? null}::uuid is null or a."subsetId" = ${subsetId ?? null}::uuid)
        and (${onlyFor}::uuid is null or a."userId" = ${onlyFor}::uuid)
      order by a."createdAt", a."id"`,
  );
  return { items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
}
