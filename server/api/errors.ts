import { TRPCError } from "@trpc/server";
import type { FieldProblem, Problem } from "@/contracts/common";
import { isDatabaseAway } from "@/server/platform/database-problem";
import { type AppError, isAppError } from "@/server/platform/errors";
import { log } from "@/server/platform/log";

const trpcCodes: Record<number, TRPCError["code"]> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
};

/** tRPC's form of an error thrown by a use case; the original stays as its cause. */
export function toTrpcError(error: AppError): TRPCError {
  return new TRPCError({
    code: trpcCodes[error.status] ?? "BAD_REQUEST",
    message: error.message,
    cause: error,
  });
}

const MOST_PROBLEMS = 100;
/** Keys that somebody made up may be as long as a body, and as many as it holds. */
const LONGEST_PATH = 200;
type Issue = { path: PropertyKey[]; message: string; code?: string; keys?: string[]; expected?: string };
const isZodError = (value: unknown): value is { issues: Issue[] } =>
  typeof value === "object" && value !== null && "issues" in value && Array.isArray(value.issues);

/** A `query` that is no object at all; what is wrong within one is told when it is read. */
const isNoTree = ({ path, code, expected }: Issue): boolean =>
  path.length === 1 && path[0] === "query" && code === "invalid_type" && expected === "record";

/** Field problems of a failed parse, with dotted paths. */
const zodProblems = (issues: readonly Issue[]): FieldProblem[] =>
  issues.slice(0, MOST_PROBLEMS).flatMap(problemsOf).slice(0, MOST_PROBLEMS);

function problemsOf({ path, message, code, keys = [] }: Issue): FieldProblem[] {
  const at = (more: readonly string[]) => [...path, ...more].map(String).join(".");
  if (code !== "unrecognized_keys") return [{ path: at([]), message }];
  return keys.slice(0, MOST_PROBLEMS).map((key) => ({
    path: at([key]).slice(0, LONGEST_PATH),
    message: "is not known here; is it spelt right?",
  }));
}

/**
 * The problem+json body of any error. What is not ours is logged and answered as `internal`,
 * so that no stack, SQL or record text ever leaves the server.
 */
export function toProblem(error: unknown): Problem {
  // An error of ours is told as itself, whatever was behind it.
  const wraps = error instanceof Error && error.cause !== undefined && !isAppError(error);
  const cause = wraps ? error.cause : error;
  if (isAppError(cause))
    return {
      type: "about:blank",
      title: cause.code,
      status: cause.status,
      code: cause.code,
      detail: cause.message,
      ...(cause.errors ? { errors: cause.errors } : {}),
    };
  if (isZodError(cause)) {
    const errors = zodProblems(cause.issues);
    const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
    const code = cause.issues.every(isNoTree) ? "invalid_query" : "invalid";
    return { type: "about:blank", title: code, status: 422, code, detail, errors };
  }
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR") return fromTrpc(error);
  if (isDatabaseAway(cause)) {
    log().error({ err: cause }, "the database does not answer");
    const detail = "The database does not answer right now. Try again in a moment.";
    return { type: "about:blank", title: "unavailable", status: 503, code: "unavailable", detail };
  }
  log().error({ err: cause }, "unexpected error");
  return {
    type: "about:blank",
    title: "internal",
    status: 500,
    code: "internal",
    detail: "Something went wrong on the server. Nothing was changed; please try again.",
  };
}

const fromTrpcCodes: Partial<Record<TRPCError["code"], [number, string]>> = {
  UNAUTHORIZED: [401, "unauthenticated"],
  FORBIDDEN: [403, "forbidden"],
  NOT_FOUND: [404, "not_found"],
  METHOD_NOT_SUPPORTED: [405, "method_not_allowed"],
  PAYLOAD_TOO_LARGE: [413, "too_large"],
  UNSUPPORTED_MEDIA_TYPE: [415, "unsupported_media_type"],
  TOO_MANY_REQUESTS: [429, "rate_limited"],
};

function fromTrpc(error: TRPCError): Problem {
  const [status, code] = fromTrpcCodes[error.code] ?? [400, "malformed"];
  return { type: "about:blank", title: code, status, code, detail: error.message };
}
