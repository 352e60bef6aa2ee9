import type { Query } from "@/contracts/query";
import { readQuery } from "@/contracts/read-query";
import { AppError, type FieldError } from "@/server/platform/errors";

/**
 * Reads a query tree from JSON and checks it whole.
 * @param path where the tree stands in what the caller sent
 * @returns `null` for every record (nothing, or `{}`)
 * @throws AppError `invalid_query` with the path of each wrong place, as in `query.and.0.metadata.op`
 */
export function parseQuery(json: unknown, path = "query"): Query | null {
  const { query, problems } = readQuery(json, path);
  if (problems.length > 0) throw invalidQuery(problems);
  return query;
}

/** The error of a query that can't be answered. */
export function invalidQuery(errors: FieldError[]): AppError {
  const detail = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
  return new AppError("invalid_query", `The query can't be answered: ${detail}.`, { errors });
}
