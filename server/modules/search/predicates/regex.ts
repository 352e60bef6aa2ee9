import type { z } from "zod";
import type { regexPredicate } from "@/contracts/query";
import { type Sql, sql } from "@/server/platform/sql";

/** The text has a part that the expression matches. */
export const compileRegex = ({ regex }: z.infer<typeof regexPredicate>): Sql =>
  sql`r."content" ~ ${regex}::text`;
