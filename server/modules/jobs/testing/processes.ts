import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Scenario } from "./scenario";

/** Loads a worker; it takes its first task when it is told to. */
export async function loadWorker(
  url: string,
  children: ChildProcess[],
): Promise<{ child: ChildProcess; begin(): void }> {
  const script = path.resolve("server/modules/jobs/testing/worker-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, url], {
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

/** The lease of a killed worker runs out in some seconds; here at once. */
export const expireLeases = (made: Pick<Scenario, "test">) =>
  made.test.pool.query(`update "Task" set "leaseUntil" = now() - interval '1 second'`);
