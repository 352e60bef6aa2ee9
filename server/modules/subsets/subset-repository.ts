import { queryJson } from "@/contracts/query";
import type { Subset } from "@/contracts/subsets";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { countRecords } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";

type SubsetRow = Pick<Subset, "id" | "name" | "kind" | "createdBy"> & {
  query: unknown;
  createdAt: Date;
  /** Of a static subset: its records, all of which whoever may see the subset may reach. */
  frozen: number | null;
};

export const noSuchSubset = () => new AppError("not_found", "There is no such subset in this project.");

/** One live or static subset with its count as the actor sees it. @throws AppError `not_found` */
export async function readSubset(db: Db, actor: ProjectActor, id: string): Promise<Subset> {
  const [subset] = await readSubsets(db, actor, { id, before: null, limit: 1 });
  if (!subset) throw noSuchSubset();
  return subset;
}

type Which = { id: string | null; before: string | null; limit: number };

/** Subsets, newest first; for an annotator those assigned to them, whose query is none of their business. */
export async function readSubsets(
  db: Db,
  actor: ProjectActor,
  { id, before, limit }: Which,
): Promise<Subset[]> {
  const onlyFor = seesOnlyOwn(actor) ? actor.userId : null;
  const rows = await queryRows<SubsetRow>(
    db,
    sql`select s."id", s."name", s."kind", s."query", s."createdAt",
        json_build_object('id', u."id", 'name', u."name") as "createdBy",
        case when s."kind" = 'static' then (select count(*)::int from "SubsetRecord" m
          join "Record" r on r."projectId" = m."projectId" and r."id" = m."recordId" and r."deletedAt" is null
          where m."projectId" = s."projectId" and m."subsetId" = s."id") end as "frozen"
      from "Subset" s join "User" u on u."id" = s."createdById"
      where s."projectId" = ${actor.projectId}::uuid and s."deletedAt" is null
        and (${id}::uuid is null or s."id" = ${id}::uuid)
        and (${before}::uuid is null or s."id" < ${before}::uuid)
        and (${onlyFor}::uuid is null or ${assignedTo(onlyFor)})
      order by s."id" desc limit ${limit}::int`,
  );
  return Promise.all(
    rows.map(async ({ query, createdAt, frozen, ...row }) => ({
      ...row,
      query: onlyFor === null ? queryJson.nullable().parse(query) : null,
      count: frozen ?? (await countRecords(db, actor, { subset: row.id })),
      createdAt: createdAt.toISOString(),
    })),
  );
}

/** How many subsets {@link readSubsets} gives in all. */
export async function countSubsets(db: Db, actor: ProjectActor): Promise<number> {
  const onlyFor = seesOnlyOwn(actor) ? actor.userId : null;
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "Subset" s
      where s."projectId" = ${actor.projectId}::uuid and s."deletedAt" is null
        and (${onlyFor}::uuid is null or ${assignedTo(onlyFor)})`,
  );
  return row?.count ?? 0;
}

const assignedTo = (userId: string | null) =>
  sql`exists (select 1 from "Assignment" a where a."projectId" = s."projectId" and a."subsetId" = s."id"
    and a."userId" = ${userId}::uuid and a."withdrawnAt" is null)`;
