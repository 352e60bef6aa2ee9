import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A live server in a process of its own. */
export type LiveProcess = {
  url: string;
  /** Ends it by SIGKILL. */
  kill(): Promise<void>;
};

type LiveProcessOptions = { databaseUrl: string; redisUrl?: string };

export async function startLiveProcess({ databaseUrl, redisUrl }: LiveProcessOptions): Promise<LiveProcess> {
  const script = path.join(import.meta.dirname, "live-process.ts");
  const words = ["--import", "tsx", script, databaseUrl, ...(redisUrl === undefined ? [] : [redisUrl])];
  const child: ChildProcess = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const [line] = await Promise.race([
    once(child.stdout?.setEncoding("utf8") ?? child, "data"),
    ended.then(() => Promise.reject(new Error("The live server ended at its start."))),
  ]);
  return {
    url: String(line).trim(),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
