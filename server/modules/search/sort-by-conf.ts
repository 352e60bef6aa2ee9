import type { SortKey } from "@/contracts/query";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { annotatorIds } from "./annotator-refs";
import { byAnnotators, ownOnly } from "./predicates/annotation";
import type { QueryScope } from "./query-scope";
import type { Sorting, SortPart } from "./sorting";

/**
 * The confidence of one annotator's record label, or of several labels on one record the least certain in
 * ascending order and the most certain in descending.
 */
export function compileConf(key: SortKey, alias: string, scope: QueryScope): Sorting {
  const { label, annotator, order } = key;
  const best = rawSql(order === "asc" ? "min" : "max");
  const join =
    label !== undefined && annotator !== undefined
      ? // At most one row a record, so a plain join, which PostgreSQL can do in whichever order is less work.
        sql`left join (select a."recordId", a."conf" as v from "Annotation" a
          where ${theirs(key, scope)} and ${onRecord}) ${rawSql(alias)} on ${rawSql(alias)}."recordId" = r."id"`
      : sql`cross join lateral (select ${best}(a."conf") as v from "Annotation" a
          where ${theirs(key, scope)} and a."recordId" = r."id") ${rawSql(alias)}`;
  return {
    joins: [join],
    columns: [
      { expression: rawSql(`(${alias}.v is null)::int`), type: "int", order: "asc" },
      { expression: rawSql(`coalesce(${alias}.v, 0)`), type: "float8", order },
    ],
  };
}

/**
 * The order by one annotator's confidence in two parts: the labels by confidence, which is the order of an index, and
 * after them the records without one.
 */
export function confParts(
  key: SortKey & { label: string; annotator: string },
  rest: Sorting,
  scope: QueryScope,
): [SortPart, SortPart] {
  const labels = sql`${theirs(key, scope)} and ${onRecord} and a."conf" is not null`;
  return [
    {
      joins: [sql`join "Annotation" a on a."recordId" = r."id" and ${labels}`, ...rest.joins],
      condition: null,
      fixed: ["0"],
      columns: [{ expression: rawSql(`a."conf"`), type: "float8", order: key.order }, ...rest.columns],
      ties: { value: rawSql(`a."conf"`), from: sql`"Annotation" a where ${labels}` },
    },
    {
      joins: rest.joins,
      condition: sql`not exists (select 1 from "Annotation" a where ${labels} and a."recordId" = r."id")`,
      fixed: ["1", "0"],
      columns: rest.columns,
    },
  ];
}

const onRecord = rawSql(`a."start" = -1 and a."end" = -1`);

function theirs({ label, annotator }: SortKey, scope: QueryScope): Sql {
  const named = label === undefined ? rawSql("true") : sql`a."labelName" = ${label}::text`;
  const by = byAnnotators(annotatorIds(annotator === undefined ? [] : [annotator]));
  return sql`a."projectId" = ${scope.projectId}::uuid and ${named} and ${by} and ${ownOnly(scope)}`;
}
