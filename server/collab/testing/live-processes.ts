import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { nodeWords } from "@/server/testing/node-words";

/** A server in a process of its own. */
export type LiveProcess = {
  url: string;
  pid: number;
  /** Ends it by SIGKILL. */
  kill(): Promise<void>;
};

type LiveProcessOptions = { databaseUrl: string; redisUrl?: string };

export function startLiveProcess({ databaseUrl, redisUrl }: LiveProcessOptions): Promise<LiveProcess> {
  return startServer("server/collab/testing/live-process.ts", [
    databaseUrl,
    ...(redisUrl === undefined ? [] : [redisUrl]),
  ]);
}

/** Starts a script that says its address on stdout when it is ready. */
export async function startServer(script: string, words: readonly string[]): Promise<LiveProcess> {
  const child: ChildProcess = spawn(process.execPath, [...nodeWords(script), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const [line] = await Promise.race([
    once(child.stdout?.setEncoding("utf8") ?? child, "data"),
    ended.then(() => Promise.reject(new Error("The server ended at its start."))),
  ]);
  return {
    url: String(line).trim(),
    pid: child.pid ?? 0,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
