import type { Query, SortKey } from "@/contracts/query";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";
import { compileFilter } from "./compile-query";
import { loadQueryScope } from "./load-query-scope";
import { compileSort, orderBy } from "./sort-columns";

/**
 * A `select` of the records that a query finds, for `insert … select` and joins: columns `id uuid` and
 * `ordinal int` (0, 1, … in this order; by default that of import).
 * @param limit only the first so many
 */
export async function selectRecordIds(
  db: Db,
  actor: ProjectActor,
  query: Query | null,
  { sort = [], limit }: { sort?: readonly SortKey[]; limit?: number } = {},
): Promise<Sql> {
  const scope = await loadQueryScope(db, actor, query);
  const { joins, columns } = compileSort(sort, scope);
  const order = orderBy(columns);
  return sql`select r."id", (row_number() over (order by ${order}) - 1)::int as "ordinal"
    from "Record" r ${joinSql(joins, " ")} where ${compileFilter(query, scope)}
    order by ${order} ${limit === undefined ? rawSql("") : sql`limit ${limit}::bigint`}`;
}

/**
 * The condition on `"Record" r` for reads that join other tables: what the query finds and the actor may see.
 */
export async function recordFilter(db: Db, actor: ProjectActor, query: Query | null): Promise<Sql> {
  return compileFilter(query, await loadQueryScope(db, actor, query));
}
