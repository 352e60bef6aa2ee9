import type { z } from "zod";
import type { assignmentList, createAssignmentInput } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { listAssignments } from "./list-assignments";
import { readSubset } from "./subset-repository";

type AssignSubsetInput = Omit<z.infer<typeof createAssignmentInput>, "project">;

/**
 * Gives a subset to people: an annotator then reaches its records. Who has it already keeps it.
 * @returns everybody who has it
 * @throws AppError `not_found` for the subset, `invalid` for people who are no live members
 */
export async function assignSubset(
  db: Db,
  actor: ProjectActor,
  { id, userIds }: AssignSubsetInput,
): Promise<z.infer<typeof assignmentList>> {
  const { projectId, userId } = actor;
  return inTransaction(db, async (tx) => {
    await readSubset(tx, actor, id);
    const members = await queryRows<{ userId: string }>(
      tx,
      sql`select "userId" from "Membership" where "projectId" = ${projectId}::uuid
        and "userId" = any(${userIds}::uuid[]) and "disabledAt" is null and "removedAt" is null`,
    );
    const known = new Set(members.map((member) => member.userId));
    const unknown = userIds.flatMap((one, index) =>
      known.has(one.toLowerCase())
        ? []
        : [{ path: `userIds.${index}`, message: "is no member of this project" }],
    );
    if (unknown.length > 0)
      throw new AppError(
        "invalid",
        "Some of the people are no members of this project. Nothing was assigned.",
        {
          errors: unknown,
        },
      );
    const ids = [...known];
    await execute(
      tx,
      sql`insert into "Assignment" ("id", "projectId", "subsetId", "userId", "assignedById")
        select t."id", ${projectId}::uuid, ${id}::uuid, t."userId", ${userId}::uuid
        from unnest(${ids.map(() => newId())}::uuid[], ${ids}::uuid[]) as t ("id", "userId")
        on conflict ("projectId", "subsetId", "userId") do update set "withdrawnAt" = null
          where "Assignment"."withdrawnAt" is not null`,
    );
    return listAssignments(tx, actor, { subsetId: id });
  });
}
