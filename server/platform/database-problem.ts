import { z } from "zod";
import { AppError } from "./errors";

/**
 * Why a database can't be used, in one line that says what to do, without the password of its address.
 * @param url `postgresql://…`
 */
export function databaseProblem(error: unknown, url: string): AppError {
  return new AppError("database_unreachable", explain(error, new URL(url)), { status: 500, cause: error });
}

function explain(error: unknown, { hostname, port, pathname, username }: URL): string {
  const place = `${hostname}:${port || 5432}`;
  switch (codeOf(error)) {
    case "28P01":
    case "28000":
      return `The database of DATABASE_URL refuses the user ${username} at ${place}: check the name and the password.`;
    case "3D000":
      return `The server of DATABASE_URL has no database ${pathname.slice(1)}: create it, or correct the name.`;
    case "42501":
      return `The user ${username} of DATABASE_URL may not change the database: make it the database's owner.`;
    default:
      return `The database of DATABASE_URL does not answer at ${place} (${reasonOf(error)}): check that PostgreSQL runs there.`;
  }
}

/** Whether PostgreSQL is there and will answer soon. */
export function isStillStarting(error: unknown): boolean {
  return codeOf(error) === "57P03";
}

/** Prisma's and PostgreSQL's codes for a server that can't be reached, goes away, or is only starting. */
const AWAY = new Set([
  ...["P1001", "P1002", "P1008", "P1017", "P2024"],
  ...["57P01", "57P02", "57P03", "08000", "08001", "08003", "08006"],
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EHOSTUNREACH"],
]);

/** The same in the words of Prisma's adapter, which is all that a raw query's error says. */
const AWAY_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
]);
const adapterError = z.object({
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({ kind: z.string(), originalCode: z.string().optional() }),
    }),
  }),
});

/** Whether a query failed because no database answers, so that the same may succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  if (AWAY.has(codeOf(error) ?? "")) return true;
  const cause = adapterCause(error);
  return cause !== undefined && (AWAY_KINDS.has(cause.kind) || AWAY.has(cause.originalCode ?? ""));
}

/** PostgreSQL's `disk_full`, and what writing a file says. */
const DISK_FULL = new Set(["53100", "ENOSPC", "EDQUOT"]);

/** Whether a query or a write failed because there is no room left on a disk. */
export const isDiskFull = (error: unknown): boolean =>
  DISK_FULL.has(codeOf(error) ?? "") || DISK_FULL.has(adapterCause(error)?.originalCode ?? "");

const adapterCause = (error: unknown) => adapterError.safeParse(error).data?.meta.driverAdapterError.cause;

function reasonOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
