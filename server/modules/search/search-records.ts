import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { RecordRow, searchInput } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { authSecret } from "@/server/platform/env";
import { cutPage } from "@/server/platform/paging";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { compileFilter } from "./compile-query";
import { countExactly, countQuickly } from "./count-records";
import { cursorBinding, readCursor, writeCursor } from "./cursor";
import { loadQueryScope } from "./load-query-scope";
import { parseQuery } from "./parse-query";
import { type FoundRecord, presentRecords, recordColumns } from "./read-records";
import { comesAfter, compileSort, orderBy, type SortColumn } from "./sort-columns";

type SearchRecordsInput = Omit<z.infer<typeof searchInput>, "project">;
type FoundRow = FoundRecord & { after: string[] };

/**
 * One page of the records that a query finds, in any order, with what stands beside them. Pages join without
 * a gap or a repetition for every record whose sort values did not change meanwhile.
 * @throws AppError `invalid_query` with the path of each wrong place, `invalid_cursor`
 */
export async function searchRecords(
  db: Db,
  actor: ProjectActor,
  { query: json, sort = [], limit, cursor, include, total }: SearchRecordsInput,
): Promise<ListOf<RecordRow>> {
  const query = parseQuery(json);
  const scope = await loadQueryScope(db, actor, query);
  const { joins, columns } = compileSort(sort, scope);
  const filter = compileFilter(query, scope);
  const binding = cursorBinding([actor.projectId, actor.userId, query, sort]);
  const after =
    cursor === undefined
      ? rawSql("true")
      : comesAfter(columns, readCursor(cursor, binding, columns.length, authSecret()));

  const rows = await queryRows<FoundRow>(
    db,
    sql`select ${recordColumns(scope.viewer, include)}, ${sortValues(columns)} as "after"
      from "Record" r ${joinSql(joins, " ")} where ${filter} and ${after}
      order by ${orderBy(columns)} limit ${limit + 1}::bigint`,
  );
  const page = cutPage(rows, limit, (last) => writeCursor(last.after, binding, authSecret()));
  const [items, counted] = await Promise.all([
    presentRecords(
      db,
      actor.projectId,
      scope.viewer,
      page.items.map(({ after: _, ...record }) => record),
      include,
    ),
    total === "exact" ? countWhole(db, filter) : countQuickly(db, filter, rows.length),
  ]);
  return { items, nextCursor: page.nextCursor, ...counted };
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
