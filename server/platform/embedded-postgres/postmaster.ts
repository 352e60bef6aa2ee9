import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { AppError } from "../errors";
import { DATABASE } from "./cluster";
import { findOrphan, forgetStalePid } from "./orphan";
import { isAlive } from "./processes";
import { type PostmasterOptions, spawnPostmaster } from "./spawn-postmaster";

/** Long enough for the backends of a killed server to go, and for recovery. */
const START_DEADLINE = 60_000;
const POLL = 25;

/** A server that answers. */
export type Postmaster = { pid: number; url: string };

/**
 * Takes over a server that an earlier process left behind, or starts one, and waits until it answers. After a
 * kill the old backends hold shared memory for a while, so a start that fails is tried again.
 * @throws AppError `embedded_postgres`, one line with PostgreSQL's own reason.
 */
export async function runPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const { cluster } = options;
  const deadline = Date.now() + START_DEADLINE;
  for (;;) {
    await forgetStalePid(cluster.folder);
    const server = (await findOrphan(cluster.folder)) ?? (await spawnPostmaster(options));
    if (await answers(server.pid, cluster.urlOf(server.port, "postgres"), deadline)) {
      await cluster.rememberPort(server.port);
      return { pid: server.pid, url: cluster.urlOf(server.port, DATABASE) };
    }
    if (Date.now() > deadline) throw await failure(cluster.logFile);
    await delay(10 * POLL);
  }
}

/**
 * Stops the server: open transactions are rolled back and all is written; when that takes too long, at once,
 * and the next start recovers from the log.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ["SIGINT", 6000],
    ["SIGQUIT", 2000],
    ["SIGKILL", 1000],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + patience;
    while (isAlive(pid) && Date.now() < deadline) await delay(POLL);
  }
}

/** Waits until the server takes a client, and makes the database at its first start; `false` when it died. */
async function answers(pid: number, url: string, deadline: number): Promise<boolean> {
  while (isAlive(pid) && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    // A connection that breaks later must not end the process; its query reports it.
    client.on("error", () => client.end());
    try {
      await client.connect();
      await ensureDatabase(client);
      return true;
    } catch {
      // Still starting or recovering, or about to die: the next look tells.
      await delay(POLL);
    } finally {
      await client.end();
    }
  }
  return false;
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`);
}

async function failure(logFile: string): Promise<AppError> {
  const log = await readFile(logFile, "utf8");
  const reason = log
    .trim()
    .split("\n")
    .findLast((line) => /\b(FATAL|PANIC):/.test(line))
    ?.replace(/^.*?(FATAL|PANIC):\s*/, "");
  const message = `The built-in database did not start: ${reason ?? `see ${logFile}`}`;
  return new AppError("embedded_postgres", message, { status: 500 });
}
