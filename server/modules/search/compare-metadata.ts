import type { JsonValue } from "@/contracts/common";
import type { CompareOp } from "@/contracts/query";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { compareJson } from "./compare-json";
import { metadataKey, SORTED_PREFIX, typeRank } from "./metadata-key";

/** On the first code points of a text nothing is strictly before or after what begins alike. */
const onPrefix = { "==": "=", "<": "<=", "<=": "<=", ">": ">=", ">=": ">=" } as const;
const operators = { ...onPrefix, "<": "<", ">": ">" } as const;

/**
 * The same as {@link compareJson}, in the columns of the index that a metadata name may have; what no index can
 * answer is compared as JSON.
 */
export function compareMetadata(field: Sql, op: CompareOp, value: JsonValue | undefined): Sql {
  const { absent, rank, number, text } = metadataKey(field);
  if (op === "exists") return sql`${absent} = ${rawSql(value === false ? "1" : "0")}`;
  if (op === "!=") return compareJson(field, op, value);
  const ofType = (type: keyof typeof typeRank) =>
    sql`${absent} = 0 and ${rank} = ${rawSql(String(typeRank[type]))}`;
  if (typeof value === "number")
    return sql`(${ofType("number")} and ${number} ${rawSql(operators[op])} ${String(value)}::numeric)`;
  if (typeof value === "boolean" && op === "==")
    return sql`(${ofType("boolean")} and ${text} = ${String(value)}::text)`;
  if (typeof value !== "string") return compareJson(field, op, value);
  const prefix = [...value].slice(0, SORTED_PREFIX).join("");
  return sql`(${ofType("string")} and ${text} ${rawSql(onPrefix[op])} ${prefix}::text
    and (${field} #>> '{}') collate "C" ${rawSql(operators[op])} ${value}::text)`;
}
