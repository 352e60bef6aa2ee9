import type { TextQuery } from "@/contracts/text-query";
import { FUZZY_LEAST } from "@/contracts/text-query";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { type Sql, sql } from "@/server/platform/sql";
import { parseQuery } from "./parse-query";
import { compileKeyword } from "./predicates/keyword";
import { compileRegex } from "./predicates/regex";
import { tryRegexes } from "./regex/try-regexes";

/**
 * The condition on `"Record" r` that its text has the words in one of the three ways. For lists that have a filter
 * of their own beside a query.
 * @param path where the words stand in what the caller sent
 * @throws AppError `invalid_regex`, `unsupported_regex` at `path`
 */
export async function textCondition(db: Db, { text, way }: TextQuery, path: string): Promise<Sql> {
  if (way === "exact") return compileKeyword({ keyword: text });
  if (way === "fuzzy") return sql`word_similarity(${text}::text, r."content") >= ${FUZZY_LEAST}::float8`;
  try {
    const query = parseQuery({ regex: text });
    await tryRegexes(db, query);
    return compileRegex({ regex: text });
  } catch (error) {
    throw error instanceof AppError ? atPath(error, path) : error;
  }
}

function atPath({ code, message, errors = [] }: AppError, path: string): AppError {
  const [first] = errors;
  const why = first ? `The regular expression can't be used: it ${first.message}.` : message;
  return new AppError(code, why, { errors: errors.map((one) => ({ ...one, path })) });
}
