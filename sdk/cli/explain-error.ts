import { TandemError } from "..";
import { CliError } from "./cli-error";
import { type ExitCode, exitCode } from "./exit-codes";
import { plain } from "./output/terminal";

/** What went wrong, on one line, with what to do about it. */
export function explainError(error: unknown, url?: string): { line: string; code: ExitCode } {
  if (error instanceof CliError) return { line: error.message, code: error.exitCode };
  if (error instanceof TandemError) return { line: plain(sentenceOf(error, url)), code: exitCode.failed };
  return { line: plain(reasonOf(error)), code: exitCode.failed };
}

function sentenceOf(error: TandemError, url: string | undefined): string {
  // Some details say it already.
  const untold = error.errors.filter(({ message }) => !error.detail.includes(message));
  const fields = untold.map(({ path, message }) => `${path}: ${message}`);
  const advice = adviceOn(error, url);
  return [
    error.detail,
    ...(fields.length > 0 ? [`${fields.join("; ")}.`] : []),
    ...(advice ? [advice] : []),
    `[${error.code}]`,
  ]
    .map((part) => part.replace(/\.\.+$/, "."))
    .join(" ");
}

/** What can be done here, where the server can't know it. */
function adviceOn({ status, code, retryAfter }: TandemError, url = ""): string | undefined {
  if (code === "network" || code === "timeout" || code === "bad_answer")
    return `Is ${url} the address of a Tandem server that runs? Set it with --url or TANDEM_URL.`;
  if (status === 401) return "Set TANDEM_TOKEN, or give --token-file, with a token of your account page.";
  if (status === 404 && code === "not_found") return "Check --project, and the id if you gave one.";
  if (status === 429 && retryAfter !== null) return `Ask again in ${Math.ceil(retryAfter)} s.`;
  return undefined;
}

/** `fetch` says "terminated" of a body that breaks off, and keeps the reason inside. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof TypeError && error.cause instanceof Error)
    return `The connection broke off: ${error.cause.message}. Try again.`;
  return error.message;
}

/** Whoever read the output has gone, as `head` does when it has its lines. */
export const isUnread = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED");
