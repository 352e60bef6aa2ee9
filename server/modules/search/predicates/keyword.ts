import type { z } from "zod";
import type { keywordPredicate } from "@/contracts/query";
import { type Sql, sql } from "@/server/platform/sql";

/** The keyword is a part of the text. */
export function compileKeyword({ keyword, caseSensitive }: z.infer<typeof keywordPredicate>): Sql {
  const folded = containsFolded(keyword);
  if (!caseSensitive) return folded;
  return sql`(${folded} and strpos(r."content" collate "C", ${keyword}::text collate "C") > 0)`;
}

/** A part of the text, whatever its case. Both sides are folded exactly as the trigram index is, so that it serves. */
export function containsFolded(part: string): Sql {
  const pattern = `%${part.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`lower(r."content" collate "pg_c_utf8") like lower(${pattern}::text collate "pg_c_utf8")`;
}
