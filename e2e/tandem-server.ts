import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "@/server/testing/free-port";
import { createTemplate, dropDatabase } from "@/server/testing/template";
import { waitFor } from "@/server/testing/wait-for";

/** The owner of every instance under test. */
export const OWNER = { email: "owner@tandem.example", password: "correct horse battery staple" };

/** Variables that come on top of those of {@link startTandem}. */
export type Settings = Record<string, string>;

/** The product as it was built, as a process with an instance of its own. */
export type TandemServer = {
  /** As in `http://localhost:41234`; the same after a restart. */
  url: string;
  /** The address of its database, for tests that compare what is shown with the rows. */
  databaseUrl(): Promise<string>;
  pid(): number;
  /** Kills the process without a chance to finish anything. */
  kill(): Promise<void>;
  /** Kills the embedded PostgreSQL likewise; the processes of its connections end by themselves. */
  killDatabase(): Promise<void>;
  /** Starts again, on the same port and data, after {@link kill}. */
  restart(): Promise<void>;
  /** Stops in order, and takes the data away. */
  end(): Promise<void>;
  /** What it said on stderr since the beginning. */
  log(): string;
};

/**
 * Starts the built server on a free port, with data of its own: embedded, or in a database of the server
 * that TANDEM_TEST_DATABASE_URL names.
 */
export async function startTandem(settings: Settings = {}): Promise<TandemServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "tandem-e2e-"));
  const outside = process.env.TANDEM_TEST_DATABASE_URL;
  const given = outside === undefined ? undefined : await createTemplate(outside);
  const environment: NodeJS.ProcessEnv = {
    ...ownVariables(),
    NODE_ENV: "production",
    TANDEM_DATA_DIR: dataDir,
    TANDEM_ADMIN_EMAIL: OWNER.email,
    TANDEM_ADMIN_PASSWORD: OWNER.password,
    TANDEM_LLM_ALLOWED_HOSTS: "127.0.0.1:*,localhost:*",
    TANDEM_LOG_LEVEL: "warn",
    TANDEM_RATE_LIMIT: "0",
    ...(given === undefined
      ? {}
      : { DATABASE_URL: given, AUTH_SECRET: secret(), TANDEM_ENCRYPTION_KEY: secret() }),
    ...settings,
  };
  let log = "";
  let running = await run(String(await freePort()));
  const { url } = running;

  async function run(port: string): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(process.execPath, ["dist/main.js"], { env: { ...environment, PORT: port } });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
    const address = await waitFor(
      "the server's line that it is ready",
      () => {
        if (child.exitCode !== null) throw new Error(`The server ended at its start: ${log}`);
        return /^Tandem ready at (\S+)$/m.exec(said)?.[1];
      },
      120_000,
    );
    return { child, url: address };
  }

  return {
    url,
    databaseUrl: async () => given ?? (await embeddedUrl(dataDir)),
    pid: () => pidOf(running.child),
    kill: () => endProcess(running.child, "SIGKILL"),
    killDatabase: async () => {
      const pid = Number(
        (await readFile(path.join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[0],
      );
      process.kill(pid, "SIGKILL");
    },
    restart: async () => {
      running = await run(new URL(url).port);
    },
    end: async () => {
      await endProcess(running.child, "SIGTERM");
      if (given) await dropDatabase(given);
      await rm(dataDir, { recursive: true, force: true });
    },
    log: () => log,
  };
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("The server has no process.");
  return child.pid;
}

async function embeddedUrl(dataDir: string): Promise<string> {
  const { password, port } = JSON.parse(await readFile(path.join(dataDir, "postgres.json"), "utf8"));
  return `postgresql://tandem:${password}@127.0.0.1:${port}/tandem`;
}

/** What the system needs, and none of the settings of a server that somebody runs. */
function ownVariables(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  return { NODE_ENV: "production", PATH, HOME, TMPDIR, SystemRoot };
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}
