import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process with this id exists, whoever owns it. A zombie counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return linuxStat(pid)?.state !== "Z";
}

/**
 * What tells a process from a later one that was given the same id: the time it started, in the system's own
 * form. `undefined` when the process is gone, `"unknown"` where the system doesn't say.
 */
export function startMark(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (process.platform === "linux") return linuxStat(pid)?.startTicks;
  if (process.platform === "win32") return "unknown";
  try {
    const printed = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
    return printed.trim().replace(/\W+/g, "-");
  } catch {
    return undefined;
  }
}

function linuxStat(pid: number): { state: string | undefined; startTicks: string | undefined } | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, which may hold spaces and brackets itself.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0], startTicks: fields[19] };
  } catch {
    return undefined;
  }
}
