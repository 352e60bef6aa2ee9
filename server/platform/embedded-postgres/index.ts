import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "../errors";
import { log } from "../log";
import { findBinaries } from "./binaries";
import { openCluster } from "./cluster";
import { ownDataDir } from "./own-data-dir";
import { type Postmaster, runPostmaster, stopPostmaster } from "./postmaster";
import { isAlive } from "./processes";
import { chooseRunAs } from "./run-as";

const WATCH_INTERVAL = 250;
const MAX_RESTARTS = 5;
const RESTART_WINDOW = 60_000;

export type EmbeddedPostgres = {
  /** The address of the database; stays the same over restarts of the server. */
  url: string;
  pid(): number;
  /** Stops the server and gives the data directory free. End every pool first. */
  stop(): Promise<void>;
  /** Tells the server to end at once, and waits for nothing; the next start recovers from its log. */
  abandon(): void;
};

export type EmbeddedPostgresOptions = {
  dataDir: string;
  /** Called once when the server died and could not be brought back. */
  onLost: (error: Error) => void;
  /** `false` only for tests. */
  durable?: boolean;
};

/**
 * A PostgreSQL of this process's own, on a loopback port, with its files below `dataDir` (mode 0700). It is
 * brought back when it dies, and what an earlier process left running is taken over.
 * @throws AppError `data_dir_in_use` or `embedded_postgres`, each one line.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, onLost, durable = true } = options;
  const binaries = findBinaries();
  const runAs = chooseRunAs();
  const release = await ownDataDir(dataDir);
  try {
    const cluster = await openCluster(dataDir, binaries, runAs);
    const run = () => runPostmaster({ cluster, binaries, runAs, durable });
    const watched = await keepRunning(run, onLost);
    return {
      url: watched.current().url,
      pid: () => watched.current().pid,
      stop: async () => {
        await watched.stop();
        await release();
      },
      abandon: watched.abandon,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Brings the server back when it dies, a few times a minute at most. */
async function keepRunning(run: () => Promise<Postmaster>, onLost: (error: Error) => void) {
  let server = await run();
  const stopping = new AbortController();
  const stopped = once(stopping.signal, "abort");
  const watching = watch().catch(onLost);

  async function watch(): Promise<void> {
    let restarts: number[] = [];
    while (!stopping.signal.aborted) {
      await Promise.race([delay(WATCH_INTERVAL, undefined, { ref: false }), stopped]);
      if (stopping.signal.aborted || isAlive(server.pid)) continue;
      restarts = [...restarts, Date.now()].filter((time) => time > Date.now() - RESTART_WINDOW);
      if (restarts.length > MAX_RESTARTS) throw keepsDying();
      log().warn("the built-in database died and is started again");
      server = await run();
    }
  }

  return {
    current: () => server,
    stop: async () => {
      stopping.abort();
      await watching;
      await stopPostmaster(server.pid);
    },
    abandon: () => {
      stopping.abort();
      if (isAlive(server.pid)) process.kill(server.pid, "SIGQUIT");
    },
  };
}

function keepsDying(): AppError {
  return new AppError(
    "embedded_postgres",
    "The built-in database keeps dying, so Tandem stops: postgres.log in the data directory says why.",
    { status: 500 },
  );
}
