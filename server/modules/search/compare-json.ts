import type { JsonValue } from "@/contracts/common";
import type { CompareOp } from "@/contracts/query";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

const operators = { "<": rawSql("<"), "<=": rawSql("<="), ">": rawSql(">"), ">=": rawSql(">=") };

/**
 * Tests a jsonb value: numbers as numbers, texts by code point, other types for equality only. Different
 * types are never equal and never in order; an absent value (or JSON null) satisfies nothing but
 * `exists: false`. Never SQL null, so that `not` is the complement.
 * @param field a jsonb expression that may be null
 */
export function compareJson(field: Sql, op: CompareOp, value: JsonValue | undefined): Sql {
  const present = sql`coalesce(jsonb_typeof(${field}) <> 'null', false)`;
  if (op === "exists") return value === false ? sql`not ${present}` : present;
  const given = sql`${JSON.stringify(value)}::jsonb`;
  if (op === "==") return sql`coalesce(${field} = ${given}, false)`;
  if (op === "!=") return sql`(${present} and ${field} <> ${given})`;
  // jsonb orders numbers by value, so no cast can fail on a value of another type.
  if (typeof value === "number")
    return sql`coalesce(jsonb_typeof(${field}) = 'number' and ${field} ${operators[op]} ${given}, false)`;
  if (typeof value === "string")
    return sql`coalesce(jsonb_typeof(${field}) = 'string' and (${field} #>> '{}') collate "C" ${operators[op]} ${value}::text, false)`;
  return rawSql("false");
}
