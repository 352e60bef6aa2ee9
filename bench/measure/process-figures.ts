import { readFile } from "node:fs/promises";

/** Of Linux, which counts processor time in hundredths of a second. */
const TICK_MS = 10;
const FIELD_OF_USER_TIME = 11;

/** Processor time that a process has used so far, in milliseconds; null where there is no /proc. */
export async function cpuMs(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) return null;
  // The name before may hold spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[FIELD_OF_USER_TIME]) + Number(fields[FIELD_OF_USER_TIME + 1])) * TICK_MS;
}

/** Memory that a process holds now, in MB; null where there is no /proc. */
export async function residentMb(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => null);
  const found = text && /^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1];
  return found ? Number(found) / 1024 : null;
}
