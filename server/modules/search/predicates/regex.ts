import type { z } from "zod";
import type { regexPredicate } from "@/contracts/query";
import { AppError } from "@/server/platform/errors";
import { type Sql, sql } from "@/server/platform/sql";
import { translateRegex } from "../regex/translate-regex";
import { containsFolded } from "./keyword";

/**
 * The text has a part that the expression matches. A text that every match must have is asked for first, so
 * that the trigram index serves it.
 */
export function compileRegex({ regex, flags }: z.infer<typeof regexPredicate>): Sql {
  const translated = translateRegex(regex, flags);
  if ("code" in translated) throw new AppError(translated.code, `The expression ${translated.message}.`);
  const matches = sql`r."content" collate "C" ~ ${translated.pattern}::text`;
  return translated.required === null
    ? matches
    : sql`(${containsFolded(translated.required)} and ${matches})`;
}
