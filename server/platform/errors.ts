/** The codes every edge knows, with the HTTP status each stands for unless the thrower gives another. */
const STANDARD_STATUS: Readonly<Record<string, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

/** The bundle and Next each hold a copy of this class, so the brand tells an error of ours, not `instanceof`. */
const BRAND = Symbol.for("tandem.AppError");

/** One wrong place in what the caller sent: `path` as in `labels.0.name`, `message` for a person. */
export type FieldError = { path: string; message: string };

export type AppErrorOptions = {
  /** HTTP status; by default that of the code, and 422 for a code of a module's own. */
  status?: number;
  /** Facts for the caller's program; never secrets or texts of records. */
  details?: Record<string, unknown>;
  errors?: FieldError[];
  /** Seconds until another try makes sense; becomes `Retry-After`. */
  retryAfter?: number;
  cause?: unknown;
};

/** An error that the caller may see: a stable `code` for programs and a `message` for people. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: string;
  readonly status: number;
  readonly details?: Record<string, unknown>;
  readonly errors?: FieldError[];
  readonly retryAfter?: number;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? STANDARD_STATUS[code] ?? 422;
    this.details = options.details;
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * Refuses a request when something in it is wrong.
 * @param what can't be done, as the beginning of the message: "Nothing can be compared"
 * @throws AppError `invalid`
 */
export function refuseFields(what: string, errors: FieldError[]): void {
  if (errors.length === 0) return;
  const detail = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
  throw new AppError("invalid", `${what}: ${detail}.`, { errors });
}

/** Whether `value` is an {@link AppError} of any copy of this module. */
export function isAppError(value: unknown): value is AppError {
  return typeof value === "object" && value !== null && BRAND in value;
}
