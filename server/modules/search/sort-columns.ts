import type { SortKey } from "@/contracts/query";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";
import { metadataKey } from "./metadata-key";
import { invalidQuery } from "./parse-query";
import { compileRank } from "./predicates/full-text";
import { metadataField } from "./predicates/metadata";
import type { QueryScope } from "./query-scope";
import { compileConf, confParts } from "./sort-by-conf";
import type { SortColumn, Sorting, SortPart } from "./sorting";

/**
 * An order as columns: absent values last in both directions, ties by position. Metadata of different types
 * come as numbers, texts, booleans, then everything else (turned round in a descending order).
 */
export function compileSort(keys: readonly SortKey[], scope: QueryScope): Sorting {
  const sorting: Sorting = { joins: [], columns: [] };
  for (const [index, key] of keys.entries()) {
    const { joins, columns } = compileKey(key, `s${index}`, scope);
    sorting.joins.push(...joins);
    sorting.columns.push(...columns);
    // Nothing after a key that no two records share can change the order.
    if (key.by === "position" || key.by === "externalId") return sorting;
  }
  sorting.columns.push({ expression: rawSql(`r."position"`), type: "bigint", order: "asc" });
  return sorting;
}

/**
 * The same order in parts, each of which an index can give in order: the confidences of one annotator, then the
 * records without one. Any other order is one part.
 */
export function compileSortParts(keys: readonly SortKey[], scope: QueryScope): SortPart[] {
  const [first, ...others] = keys;
  const rest = compileSort(others, scope);
  if (first?.by === "conf" && first.label !== undefined && first.annotator !== undefined)
    return confParts({ ...first, label: first.label, annotator: first.annotator }, rest, scope);
  return [{ ...compileSort(keys, scope), condition: null, fixed: [] }];
}

function compileKey(key: SortKey, alias: string, scope: QueryScope): Sorting {
  const { by, order } = key;
  if (by === "conf") return compileConf(key, alias, scope);
  if (by === "rank") return { joins: [], columns: [rankColumn(order, scope)] };
  const columns: SortColumn[] =
    by === "position"
      ? [{ expression: rawSql(`r."position"`), type: "bigint", order }]
      : by === "externalId"
        ? [{ expression: rawSql(`r."externalId" collate "C"`), type: "text", order }]
        : by === "createdAt"
          ? [{ expression: rawSql(`r."createdAt"`), type: "timestamptz", order }]
          : metadataColumns(metadataField(by.slice("metadata.".length), scope), order);
  return { joins: [], columns };
}

/** The order by how well a record fits. @throws AppError `invalid_query` when the query names nothing to fit */
function rankColumn(order: SortKey["order"], { fullTexts }: QueryScope): SortColumn {
  if (fullTexts.length === 0)
    throw invalidQuery([{ path: "sort", message: "by rank needs a fullText in the query" }]);
  return { expression: compileRank(fullTexts), type: "float8", order };
}

/** The order by one metadata value. */
export function metadataColumns(field: Sql, order: SortKey["order"]): SortColumn[] {
  const { absent, rank, number, text } = metadataKey(field);
  return [
    { expression: absent, type: "int", order: "asc" },
    { expression: rank, type: "int", order },
    { expression: number, type: "numeric", order },
    { expression: text, type: "text", order },
  ];
}

const NEGATABLE: ReadonlySet<SortColumn["type"]> = new Set(["int", "bigint", "float8", "numeric"]);

/** A column as it is sorted and compared: numbers may be turned round by their sign. */
type AlignedColumn = SortColumn & { negated: boolean };

/**
 * The same order with all columns in one direction, if numbers alone stand against it: then the end of a page is
 * one comparison of rows, which an index on the same expressions answers at once however deep the page is.
 */
export function alignDirections(columns: readonly SortColumn[]): AlignedColumn[] {
  const fixed = columns.filter(({ type }) => !NEGATABLE.has(type));
  const order = (fixed[0] ?? columns[0])?.order;
  const possible = fixed.every((column) => column.order === order);
  return columns.map((column) =>
    order === undefined || !possible || column.order === order
      ? { ...column, negated: false }
      : { ...column, order, expression: sql`(-${column.expression})`, negated: true },
  );
}

/** The same order from its end. */
export const reversed = (columns: readonly AlignedColumn[]): AlignedColumn[] =>
  columns.map((column) => ({ ...column, order: column.order === "asc" ? "desc" : "asc" }));

/** What stands after `order by`. */
export const orderBy = (columns: readonly SortColumn[]): Sql =>
  joinSql(
    columns.map(({ expression, order }) => sql`${expression} ${rawSql(order)}`),
    ", ",
  );

/** Whether `r` comes after the record whose columns had these values, before any was negated. */
export function comesAfter(columns: readonly AlignedColumn[], values: readonly string[]): Sql {
  const given = columns.map(({ type, negated }, index) => {
    const value = sql`${values[index] ?? null}::${rawSql(type)}`;
    return negated ? sql`(-(${value}))` : value;
  });
  const [first] = columns;
  if (first && columns.every(({ order }) => order === first.order)) {
    const place = joinSql(
      columns.map(({ expression }) => expression),
      ", ",
    );
    return sql`(${place}) ${rawSql(first.order === "asc" ? ">" : "<")} (${joinSql(given, ", ")})`;
  }
  return columns.reduceRight<Sql>((rest, { expression, order }, index) => {
    const value = given[index] ?? rawSql("null");
    const beyond = sql`${expression} ${rawSql(order === "asc" ? ">" : "<")} ${value}`;
    if (index === columns.length - 1) return beyond;
    const notBefore = sql`${expression} ${rawSql(order === "asc" ? ">=" : "<=")} ${value}`;
    return sql`(${notBefore} and (${beyond} or (${expression} = ${value} and ${rest})))`;
  }, rawSql("false"));
}
