import type { z } from "zod";
import type { createdAtPredicate } from "@/contracts/query";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

const operators = { "==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=" } as const;

/** The moment of import, to the millisecond. */
export function compileCreatedAt({ createdAt: { op, value } }: z.infer<typeof createdAtPredicate>): Sql {
  // By the epoch, because PostgreSQL has no year 0000 in its text form and ISO 8601 has.
  return sql`r."createdAt" ${rawSql(operators[op])} to_timestamp(${Date.parse(value)}::float8 / 1000)`;
}
