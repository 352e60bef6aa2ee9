import type { SortKey } from "@/contracts/query";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";
import { annotatorIds } from "./annotator-refs";
import { byAnnotators, ownOnly } from "./predicates/annotation";
import { metadataField } from "./predicates/metadata";
import type { QueryScope } from "./query-scope";

/** One column of the order. Never null, so that a page's end is one comparison of columns with values. */
export type SortColumn = {
  expression: Sql;
  /** PostgreSQL's type, through whose text form a value travels in the cursor without loss. */
  type: "int" | "bigint" | "float8" | "numeric" | "text" | "timestamptz";
  order: "asc" | "desc";
};

/** The columns of an order, and the lateral subqueries on `r` that they read. */
export type Sorting = { joins: Sql[]; columns: SortColumn[] };

/** Texts are ordered by so many first code points, then by position: a cursor has to carry the value. */
const SORTED_PREFIX = 256;

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

function compileKey(key: SortKey, alias: string, scope: QueryScope): Sorting {
  const { by, order } = key;
  if (by === "position")
    return { joins: [], columns: [{ expression: rawSql(`r."position"`), type: "bigint", order }] };
  if (by === "externalId")
    return {
      joins: [],
      columns: [{ expression: rawSql(`r."externalId" collate "C"`), type: "text", order }],
    };
  if (by === "createdAt")
    return { joins: [], columns: [{ expression: rawSql(`r."createdAt"`), type: "timestamptz", order }] };
  return by === "conf" ? compileConf(key, alias, scope) : compileMetadataKey(by, order, alias, scope);
}

/**
 * The confidence of one annotator's record label, or of several labels on one record the least certain in
 * ascending order and the most certain in descending.
 */
function compileConf({ label, annotator, order }: SortKey, alias: string, scope: QueryScope): Sorting {
  const { projectId } = scope;
  const best = rawSql(order === "asc" ? "min" : "max");
  const named = label === undefined ? rawSql("true") : sql`a."labelName" = ${label}::text`;
  const by = byAnnotators(annotatorIds(annotator === undefined ? [] : [annotator]));
  const theirs = sql`a."projectId" = ${projectId}::uuid and ${named} and ${by} and ${ownOnly(scope)}`;
  const join =
    label !== undefined && annotator !== undefined
      ? // At most one row a record, so a plain join, which PostgreSQL can do in whichever order is less work.
        sql`left join (select a."recordId", a."conf" as v from "Annotation" a
          where ${theirs} and a."start" = -1 and a."end" = -1) ${rawSql(alias)} on ${rawSql(alias)}."recordId" = r."id"`
      : sql`cross join lateral (select ${best}(a."conf") as v from "Annotation" a
          where ${theirs} and a."recordId" = r."id") ${rawSql(alias)}`;
  return {
    joins: [join],
    columns: [
      { expression: rawSql(`(${alias}.v is null)::int`), type: "int", order: "asc" },
      { expression: rawSql(`coalesce(${alias}.v, 0)`), type: "float8", order },
    ],
  };
}

function compileMetadataKey(by: string, order: SortKey["order"], alias: string, scope: QueryScope): Sorting {
  const field = metadataField(by.slice("metadata.".length), scope);
  const join = sql`cross join lateral (select f.v, jsonb_typeof(f.v) as t from (select ${field} as v) f)
    ${rawSql(alias)}`;
  const text = `case ${alias}.t when 'string' then left(${alias}.v #>> '{}', ${SORTED_PREFIX})
    when 'boolean' then ${alias}.v #>> '{}' else '' end collate "C"`;
  return {
    joins: [join],
    columns: [
      { expression: rawSql(`(coalesce(${alias}.t, 'null') = 'null')::int`), type: "int", order: "asc" },
      {
        expression: rawSql(
          `case ${alias}.t when 'number' then 1 when 'string' then 2 when 'boolean' then 3 else 4 end`,
        ),
        type: "int",
        order,
      },
      {
        expression: rawSql(`case ${alias}.t when 'number' then (${alias}.v #>> '{}')::numeric else 0 end`),
        type: "numeric",
        order,
      },
      { expression: rawSql(text), type: "text", order },
    ],
  };
}

/** The same order from its end. */
export const reversed = (columns: readonly SortColumn[]): SortColumn[] =>
  columns.map((column) => ({ ...column, order: column.order === "asc" ? "desc" : "asc" }));

/** What stands after `order by`. */
export const orderBy = (columns: readonly SortColumn[]): Sql =>
  joinSql(
    columns.map(({ expression, order }) => sql`${expression} ${rawSql(order)}`),
    ", ",
  );

/** Whether `r` comes after the record whose columns had these values. */
export function comesAfter(columns: readonly SortColumn[], values: readonly string[]): Sql {
  return columns.reduceRight<Sql>((rest, { expression, type, order }, index) => {
    const value = sql`${values[index] ?? null}::${rawSql(type)}`;
    const beyond = sql`${expression} ${rawSql(order === "asc" ? ">" : "<")} ${value}`;
    if (index === columns.length - 1) return beyond;
    const notBefore = sql`${expression} ${rawSql(order === "asc" ? ">=" : "<=")} ${value}`;
    return sql`(${notBefore} and (${beyond} or (${expression} = ${value} and ${rest})))`;
  }, rawSql("false"));
}
