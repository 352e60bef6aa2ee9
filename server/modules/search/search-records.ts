import type { z } from "zod";
import type { Query, SortKey } from "@/contracts/query";
import type { SearchPage, searchInput } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { authSecret } from "@/server/platform/env";
import { renderSql, type Sql, sql } from "@/server/platform/sql";
import { compileFilter } from "./compile-query";
import { countExactly, countQuickly } from "./count-records";
import { cursorBinding, readCursor, writeCursor } from "./cursor";
import { loadQueryScope } from "./load-query-scope";
import { askForIndexes } from "./metadata-index/ask-for-indexes";
import { parseQuery } from "./parse-query";
import { isFullTextSearch } from "./query-references";
import { type FoundRow, readPlaces } from "./read-places";
import { presentRecords, recordColumns } from "./read-records";
import { compileSort, compileSortParts } from "./sort-columns";
import type { SortPart } from "./sorting";
import { answerInTime } from "./time-limit";

type SearchRecordsInput = Omit<z.input<typeof searchInput>, "project" | "query" | "sort" | "limit"> &
  Pick<z.output<typeof searchInput>, "query" | "sort" | "limit"> & {
    /** On `"Record" r`, from the module that asks; what the caller may see stays in force. */
    condition?: Sql;
  };

/**
 * One page of the records that a query finds, in any order, with what stands beside them. Pages join without
 * a gap or a repetition, forward and backward, for every record whose sort values did not change meanwhile.
 * Reads and counts at once on several connections, so `db` is no transaction.
 * @throws AppError `invalid_query` with the path of each wrong place, `invalid_cursor`, `invalid_regex`,
 * `unsupported_regex`, `query_too_slow`
 */
export async function searchRecords(
  db: Db,
  actor: ProjectActor,
  input: SearchRecordsInput,
): Promise<SearchPage> {
  const { query: json, limit, cursor, direction = "forward", at = "start" } = input;
  const { include = [], total = "fast" } = input;
  const skip = cursor === undefined ? (input.skip ?? 0) : 0;
  const query = parseQuery(json);
  const sort = input.sort && input.sort.length > 0 ? input.sort : defaultSort(query);
  const scope = await loadQueryScope(db, actor, query);
  const { condition } = input;
  const found = compileFilter(query, scope);
  const filter = condition ? sql`${found} and ${condition}` : found;
  const binding = cursorBinding([
    actor.projectId,
    actor.userId,
    query,
    sort,
    ...(condition ? [renderSql(condition)] : []),
  ]);
  const whole: SortPart = { ...compileSort(sort, scope), condition: null, fixed: [] };
  const beyond =
    cursor === undefined ? null : readCursor(cursor, binding, whole.columns.length, authSecret());
  const backward = cursor === undefined ? at === "end" : direction === "backward";
  const counting =
    total === "exact" ? answerInTime(db, (tx) => countWhole(tx, filter)) : countQuickly(db, filter);
  const reading = answerInTime(db, (tx) =>
    readPlaces(tx, {
      columns: recordColumns(scope.viewer, include),
      filter,
      parts: skip > 0 ? [whole] : compileSortParts(sort, scope),
      backward,
      beyond,
      count: limit + 1,
      skip,
    }),
  );
  const noting = askForIndexes(db, scope, query, sort);
  const [rows, counted, notes] = await Promise.all([reading, counting, noting]);
  const page = rows.slice(0, limit);
  if (backward) page.reverse();
  const cursorAt = (row: FoundRow | undefined) => row && writeCursor(row.place, binding, authSecret());
  const more = rows.length > limit;
  // Where the reading began there is the record of the cursor, or those passed over, on its other side.
  const begun = cursor !== undefined || skip > 0;
  const [before, after] = backward ? [more, begun] : [begun, more];
  const records = page.map(({ place: _, ...record }) => record);
  const items = await presentRecords(db, scope, records, include);
  return {
    items,
    prevCursor: (before && cursorAt(page[0])) || null,
    nextCursor: (after && cursorAt(page.at(-1))) || null,
    ...(counted.totalExact
      ? counted
      : { total: Math.max(counted.total, rows.length), totalExact: !begun && !more }),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

/** A search for words gives the best first, any other the order of import. */
const defaultSort = (query: Query | null): SortKey[] =>
  isFullTextSearch(query) ? [{ by: "rank", order: "desc" }] : [];

const countWhole = async (db: Db, filter: Sql) => ({
  total: await countExactly(db, filter),
  totalExact: true,
});
