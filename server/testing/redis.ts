import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "./free-port";

const BINARY = "redis-server";

/** Why tests with Redis are skipped; null where it is installed. */
export const withoutRedis: string | null =
  spawnSync(BINARY, ["--version"]).status === 0 ? null : `there is no ${BINARY} in the path`;

/** A Redis of a test's own, which keeps nothing. */
export type TestRedis = {
  url: string;
  /** Ends it without a word. */
  kill(): Promise<void>;
  /** Starts it again, on the same port, after {@link TestRedis.kill}. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(path.join(tmpdir(), "tandem-redis-"));
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const words = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder];
    const started = spawn(BINARY, words, { stdio: ["ignore", "pipe", "inherit"] });
    child = started;
    let said = "";
    for await (const text of started.stdout.setEncoding("utf8")) {
      said += text;
      if (said.includes("Ready to accept connections")) break;
    }
    if (!said.includes("Ready to accept connections")) throw new Error(`Redis did not start: ${said}`);
  }
  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
