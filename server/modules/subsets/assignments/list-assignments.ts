import type { z } from "zod";
import type { Assignment, listAssignmentsInput } from "@/contracts/assignments";
import type { ListOf } from "@/contracts/common";
import type { Subset } from "@/contracts/subsets";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { askedLabels } from "./asked-labels";
import { readProgress } from "./assignment-progress";

type ListAssignmentsInput = Omit<z.infer<typeof listAssignmentsInput>, "project">;
type AssignmentRow = Omit<Assignment, "overdue" | "progress" | "dueAt" | "createdAt"> & {
  kind: Subset["kind"];
  dueAt: Date | null;
  createdAt: Date;
};

/** Who has which subset and how far they are, newest first; for an annotator, and with `mine`, their own. */
export async function listAssignments(
  db: Db,
  actor: ProjectActor,
  { subsetId, mine = false, limit, cursor }: ListAssignmentsInput,
): Promise<ListOf<Assignment>> {
  const onlyFor = mine || seesOnlyOwn(actor) ? actor.userId : null;
  const current = sql`a."projectId" = ${actor.projectId}::uuid and a."withdrawnAt" is null
    and (${subsetId ?? null}::uuid is null or a."subsetId" = ${subsetId ?? null}::uuid)
    and (${onlyFor}::uuid is null or a."userId" = ${onlyFor}::uuid)
    and exists (select 1 from "Subset" s where s."projectId" = a."projectId" and s."id" = a."subsetId"
      and s."deletedAt" is null)`;
  const page = await pageById({
    limit,
    cursor,
    read: (before, count) =>
      readRows(db, sql`${current} and (${before}::uuid is null or a."id" < ${before}::uuid)`, count),
    count: () => countRows(db, current),
  });
  return { ...page, items: await present(db, actor, page.items) };
}

/** One assignment as it is now. `null` when it is not there or was withdrawn. */
export async function readAssignment(db: Db, actor: ProjectActor, id: string): Promise<Assignment | null> {
  const rows = await readRows(
    db,
    sql`a."projectId" = ${actor.projectId}::uuid and a."id" = ${id}::uuid and a."withdrawnAt" is null`,
    1,
  );
  return (await present(db, actor, rows))[0] ?? null;
}

const readRows = (db: Db, condition: Sql, limit: number): Promise<AssignmentRow[]> =>
  queryRows<AssignmentRow>(
    db,
    sql`select a."id", a."subsetId", s."kind"::text as "kind", a."mode"::text as "mode", a."perRecord",
        a."seed", a."labels", a."dueAt", a."createdAt",
        json_build_object('id', s."id", 'name', s."name") as "subset",
        json_build_object('id', u."id", 'name', u."name") as "user",
        json_build_object('id', b."id", 'name', b."name") as "assignedBy"
      from "Assignment" a
      join "Subset" s on s."projectId" = a."projectId" and s."id" = a."subsetId"
      join "User" u on u."id" = a."userId"
      join "User" b on b."id" = a."assignedById"
      where ${condition} order by a."id" desc limit ${limit}::int`,
  );

async function countRows(db: Db, condition: Sql): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "Assignment" a where ${condition}`,
  );
  return row?.count ?? 0;
}

async function present(db: Db, actor: ProjectActor, rows: readonly AssignmentRow[]): Promise<Assignment[]> {
  const schema = (await findActiveSchema(db, actor))?.labelSchema ?? [];
  const asked = rows.map((row) => ({ ...row, labels: askedLabels(row.labels, schema) }));
  const progress = await readProgress(
    db,
    actor.projectId,
    asked.map(({ user, ...row }) => ({ ...row, userId: user.id })),
  );
  const now = Date.now();
  return asked.map(({ kind: _, dueAt, createdAt, ...row }) => {
    const { records, done } = progress.get(row.id) ?? { records: 0, done: 0 };
    return {
      ...row,
      dueAt: dueAt?.toISOString() ?? null,
      overdue: dueAt !== null && dueAt.getTime() < now && done < records,
      progress: { records, done },
      createdAt: createdAt.toISOString(),
    };
  });
}
