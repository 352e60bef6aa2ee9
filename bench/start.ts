import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { waitFor } from "@/server/testing/wait-for";
import { median } from "./measure/median";

/** The time from `npm start` until `/api/ready` says so, on a database that is there already. */
const RUNS = 5;
const GOAL_SECONDS = 3;

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/ready`).catch(() => undefined);
  return answer?.ok ?? false;
}

/** Seconds; the server is stopped again, in order. */
async function timeStart(dataDir: string): Promise<number> {
  const { PATH, HOME } = process.env;
  const env: NodeJS.ProcessEnv = {
    PATH,
    HOME,
    NODE_ENV: "production",
    PORT: "0",
    TANDEM_DATA_DIR: dataDir,
    TANDEM_LOG_LEVEL: "warn",
  };
  const started = performance.now();
  const server = spawn("npm", ["start"], { env, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const url = await waitFor("the server's address", () => /ready at (\S+)/.exec(said)?.[1], 60_000);
  await waitFor("the server to be ready", () => isReady(url), 60_000);
  const seconds = (performance.now() - started) / 1000;
  await stop(server);
  return seconds;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.pid === undefined) return;
  const ended = once(server, "close");
  // As a terminal does it: to npm and to what npm runs.
  process.kill(-server.pid, "SIGINT");
  await ended;
}

const dataDir = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
try {
  const first = await timeStart(dataDir);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await timeStart(dataDir));
  const middle = median(times);
  console.log(
    `npm start to ready: ${middle.toFixed(2)} s, ${(middle / GOAL_SECONDS).toFixed(2)} × the goal of ${GOAL_SECONDS} s (median of ${RUNS}; ${first.toFixed(2)} s the first time)`,
  );
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
