import { rawSql, type Sql, sql } from "@/server/platform/sql";

/**
 * The condition that a verdict says what is right, after a look at this one label: one that was given to several at a
 * stroke would count a job right by its own word.
 * @param alias of `"Verification"`, or of rows with its columns
 */
export const decides = (alias = "v"): Sql =>
  sql`${rawSql(alias)}."status" in ('CONFIRMS', 'CORRECTS') and not ${rawSql(alias)}."together"`;
