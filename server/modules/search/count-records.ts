import type { Query } from "@/contracts/query";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { compileFilter } from "./compile-query";
import { loadQueryScope } from "./load-query-scope";
import { withinTime } from "./time-limit";

/** A count is exact up to so many records … */
const MAX_COUNTED = 100_000;
/** … that were counted in this time. */
const MAX_MILLISECONDS = 150;

export type Total = { total: number; totalExact: boolean };

/** How many records the query finds, exactly, however long it takes. */
export async function countRecords(db: Db, actor: ProjectActor, query: Query | null): Promise<number> {
  return countExactly(db, compileFilter(query, await loadQueryScope(db, actor, query)));
}

/** As {@link countRecords}, for a condition that was compiled already. */
export async function countExactly(db: Db, filter: Sql): Promise<number> {
  return countUpTo(db, filter, null);
}

/**
 * How many records satisfy `filter`, as far as that can be told quickly: in steps, each ten times as far, so
 * that there is always a bound to tell.
 * @returns `totalExact: false` with the number reached when there are more
 */
export async function countQuickly(db: Db, filter: Sql): Promise<Total> {
  const deadline = Date.now() + MAX_MILLISECONDS;
  let reached = 0;
  for (let bound = MAX_COUNTED / 100; bound <= MAX_COUNTED; bound *= 10) {
    const counted = await withinTime(db, deadline - Date.now(), (tx) => countUpTo(tx, filter, bound + 1));
    if (counted === null) break;
    if (counted.result <= bound) return { total: counted.result, totalExact: true };
    reached = bound;
  }
  return { total: reached, totalExact: false };
}

async function countUpTo(db: Db, filter: Sql, limit: number | null): Promise<number> {
  const bound = limit === null ? rawSql("") : sql`limit ${limit}::bigint`;
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from (select 1 from "Record" r where ${filter} ${bound}) found`,
  );
  return row?.count ?? 0;
}
