import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { nodeWords } from "@/server/testing/node-words";

/** Loads a worker; it takes its first task when it is told to. */
export async function loadWorker(
  url: string,
  children: ChildProcess[],
): Promise<{ child: ChildProcess; begin(): void }> {
  const words = nodeWords("server/modules/jobs/testing/worker-process.ts");
  const child = spawn(process.execPath, [...words, url], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return { child, begin: () => void child.stdin.write("begin") };
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
