import type { Problem } from "@/contracts/common";
import { isAppError } from "@/server/platform/errors";
import { toProblem } from "../errors";

/** The answer to any error under `/api/v1`: problem+json, never a stack, never HTML. */
export function problemResponse(error: unknown, headers: HeadersInit = {}): Response {
  const cause = error instanceof Error && isAppError(error.cause) ? error.cause : error;
  const all = new Headers(headers);
  if (isAppError(cause) && cause.retryAfter !== undefined)
    all.set("retry-after", String(Math.ceil(cause.retryAfter)));
  const problem = toProblem(error);
  if (problem.status === 401) all.set("www-authenticate", "Bearer");
  return problemBody(problem, all);
}

/** An error as `application/problem+json`, never kept by a cache. */
export function problemBody(problem: Problem, headers: HeadersInit = {}): Response {
  const all = new Headers(headers);
  all.set("content-type", "application/problem+json");
  all.set("cache-control", "no-store");
  return new Response(JSON.stringify(problem), { status: problem.status, headers: all });
}
