import type { Db } from "@/server/platform/db";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import type { FoundRecord } from "./read-records";
import { alignDirections, comesAfter, orderBy, reversed } from "./sort-columns";
import type { SortColumn, SortPart } from "./sorting";
import { withinTime } from "./time-limit";

/** A record found, with the values of its sort columns as PostgreSQL writes them. */
export type FoundRow = FoundRecord & { place: string[] };

type PlacesInput = {
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

/** Milliseconds after which no more is hoped for from a walk along the order. */
const PATIENCE = 100;

/** Gathering is not tried where it costs more than some readings of a million records from end to end. */
const MAX_COST = 500_000;

/** The next records of an order, in the direction of reading: part by part, until there are enough. */
export async function readPlaces(db: Db, input: PlacesInput): Promise<FoundRow[]> {
  const { backward, beyond, count } = input;
  const parts = backward ? input.parts.toReversed() : input.parts;
  const begin = beyond ? parts.findIndex(({ fixed }) => fixed.every((value, at) => value === beyond[at])) : 0;
  const found: FoundRow[] = [];
  for (const [index, part] of parts.entries()) {
    if (index < begin || found.length >= count) continue;
    const after = beyond && index === begin ? beyond.slice(part.fixed.length) : null;
    const rest = { ...input, count: count - found.length };
    found.push(...(await (part.ties ? readTied(db, part, after, rest) : readPart(db, part, after, rest))));
  }
  return found;
}

/**
 * A part in which many records may share one value, as when a model says the same dozen confidences: what shares
 * one is read in an order of its own, which PostgreSQL finds by whichever index is less work, instead of sorting it all.
 */
async function readTied(
  db: Db,
  part: SortPart,
  beyond: readonly string[] | null,
  input: PlacesInput,
): Promise<FoundRow[]> {
  const [first, ...columns] = part.columns;
  const { ties, fixed } = part;
  if (!first || !ties) return readPart(db, part, beyond, input);
  const order = (first.order === "asc") === input.backward ? "desc" : "asc";
  const compared = (operator: string, value: string) =>
    sql`${ties.value} ${rawSql(operator)} ${value}::${rawSql(first.type)}`;
  const after = order === "asc" ? ">" : "<";
  const found: FoundRow[] = [];
  const read = async (piece: SortPart, place: readonly string[] | null = null) => {
    found.push(...(await readPart(db, piece, place, { ...input, count: input.count - found.length })));
  };
  const sharing = (value: string): SortPart => ({
    ...part,
    condition: compared("=", value),
    fixed: [...fixed, value],
    columns,
  });

  let from: Sql | null = null;
  const [begun] = beyond ?? [];
  if (beyond && begun !== undefined) {
    await read(sharing(begun), beyond.slice(1));
    from = compared(after, begun);
  }
  for (let windows = 0; found.length < input.count; ) {
    const [next, far] = await lookAhead(db, ties, { from, order, distance: input.count });
    if (next === undefined) break;
    if (next === far) {
      await read(sharing(next));
      from = compared(after, next);
      continue;
    }
    // Few share a value here. Where the filter lets few of them through, the rest is read as one.
    const until = windows++ === 0 && far !== undefined ? far : null;
    const before = until === null ? [] : [compared(order === "asc" ? "<" : ">", until)];
    await read({ ...part, condition: joinSql([...(from ? [from] : []), ...before], " and ", "true") });
    if (until === null) break;
    from = compared(`${after}=`, until);
  }
  return found;
}

/** The next value, and the one that stands so many labels farther; none where there is none. */
async function lookAhead(
  db: Db,
  { value, from: table }: NonNullable<SortPart["ties"]>,
  { from, order, distance }: { from: Sql | null; order: "asc" | "desc"; distance: number },
): Promise<(string | undefined)[]> {
  const at = (
    offset: number,
  ) => sql`(select ${value}::text from ${table} ${from ? sql`and ${from}` : rawSql("")}
    order by ${value} ${rawSql(order)} limit 1 offset ${offset}::bigint)`;
  const rows = await queryRows<{ next: string | null; far: string | null }>(
    db,
    sql`select ${at(0)} as "next", ${at(distance)} as "far"`,
  );
  return [rows[0]?.next ?? undefined, rows[0]?.far ?? undefined];
}

/**
 * Reads a part as PostgreSQL would for its first rows alone, which walks along the order in the hope to find them
 * soon. Where they are few or far that takes very long; then what the query finds is gathered first and sorted.
 */
async function readPart(
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
  const found = sql`from "Record" r ${joinSql(joins, " ")} where ${joinSql(conditions, " and ")}`;
  const limit = sql`limit ${input.count}::bigint offset ${input.skip}::bigint`;
  const walk = (tx: Db) =>
    queryRows<FoundRow>(
      tx,
      sql`select ${input.columns}, ${placeOf(fixed, columns)} as "place" ${found} order by ${orderBy(order)} ${limit}`,
    );
  const rows = await withinTime(db, PATIENCE, walk);
  if (rows) return rows.result;
  const named = columns.map((column, at) => ({ ...column, expression: rawSql(`k${at}`) }));
  const again = alignDirections(named);
  const reordered = orderBy(input.backward ? reversed(again) : again);
  const keys = columns.map(({ expression }, at) => sql`${expression} as ${rawSql(`k${at}`)}`);
  const gather = sql`with found as materialized (select r."id" as found, ${joinSql(keys, ", ")} ${found}),
      page as (select * from found order by ${reordered} ${limit})
      select ${input.columns}, ${placeOf(fixed, named)} as "place" from page join "Record" r on r."id" = page.found
      order by ${reordered}`;
  return (await costOf(db, gather)) > MAX_COST ? walk(db) : queryRows<FoundRow>(db, gather);
}

/** What PostgreSQL expects a statement to cost, in its own units. */
async function costOf(db: Db, statement: Sql): Promise<number> {
  const [row] = await queryRows<{ "QUERY PLAN": { Plan: { "Total Cost": number } }[] }>(
    db,
    sql`explain (format json) ${statement}`,
  );
  return row?.["QUERY PLAN"][0]?.Plan["Total Cost"] ?? 0;
}

const placeOf = (fixed: readonly string[], columns: readonly SortColumn[]): Sql =>
  sql`${fixed}::text[] || array[${joinSql(
    columns.map(({ expression }) => sql`(${expression})::text`),
    ", ",
  )}]`;
