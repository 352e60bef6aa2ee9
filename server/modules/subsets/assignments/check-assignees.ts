import type { ProjectRole } from "@/contracts/roles";
import { roleAllows } from "@/contracts/roles";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";

type Asked = { projectId: string; subsetId: string; userIds: readonly string[]; mode: string };
type MemberRow = { userId: string; role: ProjectRole; has: string | null };

/**
 * Makes sure that a subset can be given to these people.
 * @returns their ids, each once, in the order given
 * @throws AppError `invalid` for people who are no live members or may not label, `already_assigned` for those
 * who have the subset, or a share of it, in another way
 */
export async function checkAssignees(
  tx: Db,
  { projectId, subsetId, userIds, mode }: Asked,
): Promise<string[]> {
  const members = await queryRows<MemberRow>(
    tx,
    sql`select m."userId", m."role"::text as "role", a."mode"::text as "has" from "Membership" m
      left join "Assignment" a on a."projectId" = m."projectId" and a."userId" = m."userId"
        and a."subsetId" = ${subsetId}::uuid and a."withdrawnAt" is null
      where m."projectId" = ${projectId}::uuid and m."userId" = any(${userIds}::uuid[])
        and m."disabledAt" is null and m."removedAt" is null`,
  );
  const known = new Map(members.map((member) => [member.userId, member]));
  const asked = userIds.map((id) => ({ id: id.toLowerCase(), member: known.get(id.toLowerCase()) }));
  refuse(
    "invalid",
    "Some of the people can't be given records here. Nothing was assigned.",
    asked.map(({ member }) => {
      if (!member) return "is not a member of this project";
      return roleAllows(member.role, "annotations:write")
        ? null
        : "may only look; give them another role first";
    }),
  );
  refuse(
    "already_assigned",
    "Some of the people have this subset already. Withdraw that first. Nothing was assigned.",
    asked.map(({ member }) => {
      // Giving everything again to who has everything only changes what is asked of them.
      if (!member?.has || (member.has === "all" && mode === "all")) return null;
      return member.has === "all" ? "has all of the subset" : "has a share of the subset";
    }),
  );
  return [...new Set(asked.map(({ id }) => id))];
}

function refuse(code: string, message: string, problems: readonly (string | null)[]): void {
  const errors = problems.flatMap((problem, index) =>
    problem === null ? [] : [{ path: `userIds.${index}`, message: problem }],
  );
  if (errors.length > 0)
    throw new AppError(code, message, { errors, ...(code === "already_assigned" ? { status: 409 } : {}) });
}
