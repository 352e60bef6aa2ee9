import type { z } from "zod";
import type { fullTextPredicate } from "@/contracts/query";
import { joinSql, type Sql, sql } from "@/server/platform/sql";

/** The words of the text with their places, exactly as the index has them. */
const words = sql`to_tsvector('simple', lower(r."content" collate "pg_c_utf8"))`;

const askedWords = (fullText: string): Sql =>
  sql`websearch_to_tsquery('simple', lower(${fullText}::text collate "pg_c_utf8"))`;

/** The text has the words, as in a web search: all of them, "phrases", `or`, `-not`. */
export const compileFullText = ({ fullText }: z.infer<typeof fullTextPredicate>): Sql =>
  sql`${words} @@ ${askedWords(fullText)}`;

/**
 * How well the text fits all that is asked for: how often the words stand in it and how near to each other,
 * less in a longer text. 0 when none does.
 */
export const compileRank = (fullTexts: readonly string[]): Sql => {
  const ranks = fullTexts.map((fullText) => sql`ts_rank(${words}, ${askedWords(fullText)}, 1)::float8`);
  return sql`(${joinSql(ranks, " + ", "0::float8")})`;
};
