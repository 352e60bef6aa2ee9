import type { z } from "zod";
import type { keywordPredicate } from "@/contracts/query";
import { type Sql, sql } from "@/server/platform/sql";

/** Substring of the text. Both sides are folded exactly as the trigram index is, so that it serves both cases. */
export function compileKeyword({ keyword, caseSensitive }: z.infer<typeof keywordPredicate>): Sql {
  const pattern = `%${keyword.replace(/[\\%_]/g, "\\$&")}%`;
  const folded = sql`lower(r."content" collate "pg_c_utf8") like lower(${pattern}::text collate "pg_c_utf8")`;
  if (!caseSensitive) return folded;
  return sql`(${folded} and strpos(r."content" collate "C", ${keyword}::text collate "C") > 0)`;
}
