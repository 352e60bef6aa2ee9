import { queryJson } from "@/contracts/query";
import { type Person, type Subset, sampleDesign } from "@/contracts/subsets";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { answerInTime, countRecords } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError, isAppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";

/** A subset as it is read: `countedAt` is the beginning of time for one that was never counted. */
export type SubsetRow = Pick<Subset, "id" | "name" | "kind" | "count" | "createdBy"> & {
  query: unknown;
  sample: unknown;
  countedAt: Date;
  createdAt: Date;
  assigned: { total: number; people: Person[] };
};

export const noSuchSubset = () => new AppError("not_found", "There is no such subset in this project.");

/**
 * One subset with its count at this moment as the actor sees it; the kept one where counting takes longer than a
 * search may. @throws AppError `not_found`
 */
export async function readSubset(db: Db, actor: ProjectActor, id: string): Promise<Subset> {
  const [row] = await readSubsets(db, actor, { id, before: null, limit: 1 });
  if (!row) throw noSuchSubset();
  const countedAt = new Date();
  const counted = await answerInTime(db, async (tx) => ({
    count: await countRecords(tx, actor, { subset: id }),
    countedAt,
  })).catch((error: unknown) => {
    if (isAppError(error) && error.code === "query_too_slow") return {};
    throw error;
  });
  return presentSubset({ ...row, ...counted });
}

type Which = { id: string | null; before: string | null; limit: number };

/**
 * Subsets, newest first, with their kept counts. For an annotator those assigned to them: how they came about
 * and who else has them is none of their business, and the count is of what they were given.
 */
export async function readSubsets(
  db: Db,
  actor: ProjectActor,
  { id, before, limit }: Which,
): Promise<SubsetRow[]> {
  const onlyFor = seesOnlyOwn(actor) ? actor.userId : null;
  return queryRows<SubsetRow>(
    db,
    sql`select s."id", s."name", s."kind", s."createdAt",
        case when ${onlyFor}::uuid is null then s."query" end as "query",
        case when ${onlyFor}::uuid is null then s."sample" end as "sample",
        coalesce(share."records", s."count", 0) as "count", coalesce(s."countedAt", 'epoch') as "countedAt",
        json_build_object('id', u."id", 'name', u."name") as "createdBy",
        json_build_object('total', given."total", 'people', given."people") as "assigned"
      from "Subset" s
      join "User" u on u."id" = s."createdById"
      left join lateral (
        select count(x."recordId")::int as "records" from "Assignment" a
        left join "AssignmentRecord" x on x."projectId" = a."projectId" and x."assignmentId" = a."id"
        where a."projectId" = s."projectId" and a."subsetId" = s."id" and a."userId" = ${onlyFor}::uuid
          and a."withdrawnAt" is null and a."mode" <> 'all'
        having count(*) > 0
      ) share on true
      cross join lateral (
        select count(*)::int as "total", coalesce(json_agg(json_build_object('id', p."id", 'name', p."name")
          order by p."at") filter (where p."at" <= 5), '[]') as "people"
        from (select w."id", w."name", row_number() over (order by a."id") as "at"
          from "Assignment" a join "User" w on w."id" = a."userId"
          where a."projectId" = s."projectId" and a."subsetId" = s."id" and a."withdrawnAt" is null
            and (${onlyFor}::uuid is null or a."userId" = ${onlyFor}::uuid)) p
      ) given
      where s."projectId" = ${actor.projectId}::uuid and s."deletedAt" is null
        and (${id}::uuid is null or s."id" = ${id}::uuid)
        and (${before}::uuid is null or s."id" < ${before}::uuid)
        and (${onlyFor}::uuid is null or given."total" > 0)
      order by s."id" desc limit ${limit}::int`,
  );
}

export const presentSubset = ({ query, sample, countedAt, createdAt, ...row }: SubsetRow): Subset => ({
  ...row,
  query: queryJson.nullable().parse(query),
  sample: sampleDesign.nullable().parse(sample),
  countedAt: countedAt.toISOString(),
  createdAt: createdAt.toISOString(),
});

/** How many subsets {@link readSubsets} gives in all. */
export async function countSubsets(db: Db, actor: ProjectActor): Promise<number> {
  const onlyFor = seesOnlyOwn(actor) ? actor.userId : null;
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "Subset" s
      where s."projectId" = ${actor.projectId}::uuid and s."deletedAt" is null
        and (${onlyFor}::uuid is null or exists (select 1 from "Assignment" a
          where a."projectId" = s."projectId" and a."subsetId" = s."id"
            and a."userId" = ${onlyFor}::uuid and a."withdrawnAt" is null))`,
  );
  return row?.count ?? 0;
}
