import type { Db } from "@/server/platform/db";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import type { FoundRecord } from "./read-records";
import {
  alignDirections,
  comesAfter,
  orderBy,
  reversed,
  type SortColumn,
  type SortPart,
} from "./sort-columns";

/** A record found, with the values of its sort columns as PostgreSQL writes them. */
export type FoundRow = FoundRecord & { place: string[] };

export type PlacesInput = {
  /** What is read of `"Record" r`. */
  columns: Sql;
  filter: Sql;
  /** The order, in the order of its parts. */
  parts: readonly SortPart[];
  /** Read from the end to the start. */
  backward: boolean;
  /** Only what comes after this place, in the direction of reading. */
  beyond: readonly string[] | null;
  /** So many at most. */
  count: number;
  /** Passes over so many first; only for an order of one part. */
  skip: number;
};

/** The next records of an order, in the direction of reading: part by part, until there are enough. */
export async function readPlaces(db: Db, input: PlacesInput): Promise<FoundRow[]> {
  const { backward, beyond, count } = input;
  const parts = backward ? input.parts.toReversed() : input.parts;
  const begin = beyond ? parts.findIndex(({ fixed }) => fixed.every((value, at) => value === beyond[at])) : 0;
  const found: FoundRow[] = [];
  for (const [index, part] of parts.entries()) {
    if (index < begin || found.length >= count) continue;
    const after = beyond && index === begin ? beyond.slice(part.fixed.length) : null;
    found.push(...(await readPart(db, part, after, { ...input, count: count - found.length })));
  }
  return found;
}

function readPart(
  db: Db,
  { joins, condition, columns, fixed }: SortPart,
  beyond: readonly string[] | null,
  input: PlacesInput,
): Promise<FoundRow[]> {
  const forward = alignDirections(columns);
  const order = input.backward ? reversed(forward) : forward;
  const conditions = [
    input.filter,
    ...(condition ? [condition] : []),
    ...(beyond ? [comesAfter(order, beyond)] : []),
  ];
  return queryRows<FoundRow>(
    db,
    sql`select ${input.columns}, ${placeOf(fixed, columns)} as "place"
      from "Record" r ${joinSql(joins, " ")} where ${joinSql(conditions, " and ")}
      order by ${orderBy(order)} limit ${input.count}::bigint
      ${input.skip > 0 ? sql`offset ${input.skip}::bigint` : rawSql("")}`,
  );
}

const placeOf = (fixed: readonly string[], columns: readonly SortColumn[]): Sql =>
  sql`${fixed}::text[] || array[${joinSql(
    columns.map(({ expression }) => sql`(${expression})::text`),
    ", ",
  )}]`;
