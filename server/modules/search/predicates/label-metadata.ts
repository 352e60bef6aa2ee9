import type { z } from "zod";
import type { labelMetadataPredicate } from "@/contracts/query";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { compareJson } from "../compare-json";
import type { QueryScope } from "../query-scope";
import { ownOnly } from "./annotation";

type LabelMetadata = z.infer<typeof labelMetadataPredicate>["labelMetadata"];

const operators = { "==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=" } as const;

/** A condition on the label metadata of one annotation `a`. `conf` is a column of its own, at full precision. */
export function labelMetadataOnAnnotation({ name, op, value }: LabelMetadata, scope: QueryScope): Sql {
  const own = ownOnly(scope);
  if (name === "conf" && op !== "exists" && typeof value === "number")
    // Null for a label without confidence, which in the condition of an `exists` is as good as false.
    return sql`${own} and a."conf" ${rawSql(operators[op])} ${value}::float8`;
  const field = name === "conf" ? rawSql(`to_jsonb(a."conf")`) : sql`(a."metadata" -> ${name}::text)`;
  return sql`${own} and ${compareJson(field, op, value)}`;
}
