import type { Query } from "@/contracts/query";
import { readQuery } from "@/contracts/read-query";
import { AppError, type FieldError } from "@/server/platform/errors";
import { predicatesOf } from "./query-references";
import { MAX_WEIGHT, regexWeight } from "./regex/regex-weight";
import { type RegexProblem, translateRegex } from "./regex/translate-regex";

/**
 * Reads a query tree from JSON and checks it whole.
 * @param path where the tree stands in what the caller sent
 * @returns `null` for every record (nothing, or `{}`)
 * @throws AppError `invalid_query` with the path of each wrong place, as in `query.and.0.metadata.op`;
 * `invalid_regex`, `unsupported_regex` with the path of the expression
 */
export function parseQuery(json: unknown, path = "query"): Query | null {
  const { query, problems } = readQuery(json, path);
  if (problems.length > 0) throw invalidQuery(problems);
  let weight = 0;
  for (const part of predicatesOf(query, path))
    if ("regex" in part.predicate) {
      const { regex, flags } = part.predicate;
      weight += regexWeight(regex);
      checkRegex(regex, flags, `${part.path}.regex`, weight);
    }
  return query;
}

/** @param weight of all expressions of the query, up to this one */
function checkRegex(regex: string, flags: string | undefined, path: string, weight: number): void {
  const translated = weight > MAX_WEIGHT ? TOO_MUCH : translateRegex(regex, flags);
  if (!("code" in translated)) return;
  const { code, message } = translated;
  throw new AppError(code, `The regular expression can't be used: ${path} ${message}.`, {
    errors: [{ path, message }],
  });
}

const TOO_MUCH: RegexProblem = {
  code: "unsupported_regex",
  message: "makes the expressions of the query too large together; use fewer or simpler ones",
};

/** The error of a query that can't be answered. */
export function invalidQuery(errors: FieldError[]): AppError {
  const detail = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
  return new AppError("invalid_query", `The query can't be answered: ${detail}.`, { errors });
}
