import pino from "pino";
import { env } from "./env";
import { processWide } from "./process-wide";

export type Log = pino.Logger;

const SECRETS = [
  "token",
  "secret",
  "password",
  "apiKey",
  "authorization",
  "cookie",
  "setCookie",
  "url_token",
  "ticket",
  "DATABASE_URL",
  "databaseUrl",
  "content",
  "text",
  "prompt",
  "answer",
];

/**
 * The log of this process: JSON lines on stderr, since stdout belongs to the line that says where the server
 * is ready. Secrets and texts of records are never recorded, also when somebody passes them by mistake.
 */
export function log(): Log {
  return processWide("log", () =>
    pino(
      {
        level: env().logLevel,
        base: { pid: process.pid },
        timestamp: pino.stdTimeFunctions.isoTime,
        redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[hidden]" },
        serializers: { err: serializeError, error: serializeError },
      },
      pino.destination({ fd: 2, sync: true }),
    ),
  );
}

/** Keeps what explains an error and drops the rest: PostgreSQL's `detail` and `where` quote rows. */
function serializeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error).slice(0, 500) };
  const { name, message, stack } = error;
  const code = "code" in error ? error.code : undefined;
  const cause = error.cause === undefined ? undefined : serializeError(error.cause);
  return { name, code, message: message.slice(0, 500), stack: stack?.slice(0, 4000), cause };
}
