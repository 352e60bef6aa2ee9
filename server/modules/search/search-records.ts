import type { z } from "zod";
import type { SearchPage, searchInput } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { authSecret } from "@/server/platform/env";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { compileFilter } from "./compile-query";
import { countExactly, countQuickly } from "./count-records";
import { cursorBinding, readCursor, writeCursor } from "./cursor";
import { loadQueryScope } from "./load-query-scope";
import { parseQuery } from "./parse-query";
import { type FoundRecord, presentRecords, recordColumns } from "./read-records";
import { comesAfter, compileSort, orderBy, reversed, type SortColumn } from "./sort-columns";

type SearchRecordsInput = Omit<z.input<typeof searchInput>, "project" | "query" | "sort" | "limit"> &
  Pick<z.output<typeof searchInput>, "query" | "sort" | "limit">;
type FoundRow = FoundRecord & { place: string[] };

/**
 * One page of the records that a query finds, in any order, with what stands beside them. Pages join without
 * a gap or a repetition, forward and backward, for every record whose sort values did not change meanwhile.
 * @throws AppError `invalid_query` with the path of each wrong place, `invalid_cursor`
 */
export async function searchRecords(
  db: Db,
  actor: ProjectActor,
  input: SearchRecordsInput,
): Promise<SearchPage> {
  const { query: json, sort = [], limit, cursor, direction = "forward", at = "start" } = input;
  const { include = [], total = "fast" } = input;
  const skip = cursor === undefined ? (input.skip ?? 0) : 0;
  const query = parseQuery(json);
  const scope = await loadQueryScope(db, actor, query);
  const sorting = compileSort(sort, scope);
  const filter = compileFilter(query, scope);
  const binding = cursorBinding([actor.projectId, actor.userId, query, sort]);
  const backward = cursor === undefined ? at === "end" : direction === "backward";
  const columns = backward ? reversed(sorting.columns) : sorting.columns;
  const beyond =
    cursor === undefined
      ? rawSql("true")
      : comesAfter(columns, readCursor(cursor, binding, columns.length, authSecret()));

  const rows = await queryRows<FoundRow>(
    db,
    sql`select ${recordColumns(scope.viewer, include)}, ${sortValues(columns)} as "place"
      from "Record" r ${joinSql(sorting.joins, " ")} where ${filter} and ${beyond}
      order by ${orderBy(columns)} limit ${limit + 1}::bigint offset ${skip}::bigint`,
  );
  const page = rows.slice(0, limit);
  if (backward) page.reverse();
  const cursorAt = (row: FoundRow | undefined) => row && writeCursor(row.place, binding, authSecret());
  const more = rows.length > limit;
  // Where the reading began there is the record of the cursor, or those passed over, on its other side.
  const begun = cursor !== undefined || skip > 0;
  const [before, after] = backward ? [more, begun] : [begun, more];
  const [items, counted] = await Promise.all([
    presentRecords(
      db,
      actor.projectId,
      scope.viewer,
      page.map(({ place: _, ...record }) => record),
      include,
    ),
    total === "exact" ? countWhole(db, filter) : countQuickly(db, filter, rows.length),
  ]);
  return {
    items,
    prevCursor: (before && cursorAt(page[0])) || null,
    nextCursor: (after && cursorAt(page.at(-1))) || null,
    ...counted,
  };
}

const countWhole = async (db: Db, filter: Sql) => ({
  total: await countExactly(db, filter),
  totalExact: true,
});

const sortValues = (columns: readonly SortColumn[]): Sql =>
  sql`array[${joinSql(
    columns.map(({ expression }) => sql`(${expression})::text`),
    ", ",
  )}]`;
