import type { FieldProblem } from "../contracts/common";

type Details = {
  status: number;
  code: string;
  detail: string;
  errors?: readonly FieldProblem[];
  retryAfter?: number | null;
  cause?: unknown;
};

/** Why Tandem did not do what was asked: what its answer says, or why none came. */
export class TandemError extends Error {
  /** Of the answer; 0: none came. */
  readonly status: number;
  /**
   * Stable, for programs: `forbidden`, `invalid_mapping`, … The SDK's own are `network`, `timeout`, `bad_answer` (what
   * came is not Tandem's), `invalid_id` (nothing was asked) and `http_<status>` (an error that is not told as a problem).
   */
  readonly code: string;
  /** For people. */
  readonly detail: string;
  /** One for each wrong field. */
  readonly errors: readonly FieldProblem[];
  /** Seconds until it may be asked again; null: nothing was said. */
  readonly retryAfter: number | null;

  constructor({ status, code, detail, errors = [], retryAfter = null, cause }: Details) {
    // Some details name the fields already.
    const untold = errors.filter(({ message }) => !detail.includes(message));
    const fields = untold.map(({ path, message }) => `\n  ${path}: ${message}`).join("");
    super(`${code}: ${detail}${fields}`, cause === undefined ? undefined : { cause });
    this.name = "TandemError";
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}
