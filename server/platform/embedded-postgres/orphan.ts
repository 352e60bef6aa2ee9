import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { isAlive } from "./processes";

/** A server that runs on a cluster though this process did not start it. */
export type Orphan = { pid: number; port: number };

/** The server that an earlier process, killed before it could stop it, left running on this cluster. */
export async function findOrphan(clusterFolder: string): Promise<Orphan | undefined> {
  const [pid, , , port] = await readPidFile(clusterFolder);
  if (pid === undefined || port === undefined || !isServerOf(pid, clusterFolder)) return undefined;
  return { pid, port };
}

/**
 * Removes a `postmaster.pid` whose number now belongs to another program: PostgreSQL would take that one for
 * a living server and refuse to start for ever.
 */
export async function forgetStalePid(clusterFolder: string): Promise<void> {
  const [pid] = await readPidFile(clusterFolder);
  if (pid === undefined || isServerOf(pid, clusterFolder)) return;
  await rm(path.join(clusterFolder, "postmaster.pid"), { force: true });
}

/** The numbers of `postmaster.pid`: process id, (data directory), start time, port. */
async function readPidFile(clusterFolder: string): Promise<(number | undefined)[]> {
  const text = await readFile(path.join(clusterFolder, "postmaster.pid"), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    },
  );
  return text.split("\n").map((line) => (/^\d+$/.test(line) ? Number(line) : undefined));
}

function isServerOf(pid: number, clusterFolder: string): boolean {
  if (!isAlive(pid)) return false;
  // Windows has no short way to a command line; PostgreSQL's own check decides there.
  if (process.platform === "win32") return true;
  return commandLine(pid).includes(clusterFolder);
}

function commandLine(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    // The process ended between two looks.
    return "";
  }
}
