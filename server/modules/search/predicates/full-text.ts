import type { z } from "zod";
import type { fullTextPredicate } from "@/contracts/query";
import { type Sql, sql } from "@/server/platform/sql";

/** The text has the words, as in a web search: all of them, "phrases", `or`, `-not`. */
export const compileFullText = ({ fullText }: z.infer<typeof fullTextPredicate>): Sql =>
  sql`to_tsvector('simple', r."content") @@ websearch_to_tsquery('simple', ${fullText}::text)`;
