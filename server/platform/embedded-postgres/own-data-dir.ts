import { mkdir, open, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "../errors";
import { isAlive, startMark } from "./processes";

const CLAIM = /^owner\.(\d+)\.(.+)$/;
const TRIES = 8;

/**
 * Makes this process the one owner of a data directory until the returned function is called. A claim is an
 * empty file named after the process's id and start time: every contender writes its own *before* it looks
 * for others, so two can never both believe to be alone, and only claims of dead processes are ever removed
 * by somebody else. Contenders that see each other step back and try again after a random while.
 * @throws AppError `data_dir_in_use` when another live process owns the directory.
 */
export async function ownDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const mine = path.join(dataDir, `owner.${process.pid}.${startMark(process.pid)}`);
  for (let tried = 1; ; tried++) {
    await claim(mine, dataDir);
    const other = await liveOther(dataDir, path.basename(mine));
    if (other === undefined) return () => rm(mine, { force: true });
    await rm(mine, { force: true });
    if (tried === TRIES) throw inUse(dataDir, other);
    await delay(20 + Math.random() * 80);
  }
}

async function claim(file: string, dataDir: string): Promise<void> {
  try {
    await (await open(file, "wx", 0o600)).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw inUse(dataDir, process.pid);
    throw error;
  }
}

async function liveOther(dataDir: string, mine: string): Promise<number | undefined> {
  for (const name of await readdir(dataDir)) {
    const [, pid, mark] = CLAIM.exec(name) ?? [];
    if (pid === undefined || name === mine) continue;
    const current = isAlive(Number(pid)) ? startMark(Number(pid)) : undefined;
    if (current === mark) return Number(pid);
    await rm(path.join(dataDir, name), { force: true });
  }
  return undefined;
}

function inUse(dataDir: string, pid: number): AppError {
  return new AppError(
    "data_dir_in_use",
    `The data directory ${dataDir} is in use by process ${pid}: stop that one first, or set TANDEM_DATA_DIR.`,
    { status: 500 },
  );
}
