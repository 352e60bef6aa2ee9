import { spawnSync } from "node:child_process";
import { chown, lstat, readdir } from "node:fs/promises";
import path from "node:path";

/** "nobody" on every system that has one. */
const NOBODY = 65534;

const UNSHARE = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, "--"];

/** How to run PostgreSQL's programs, which refuse to be run by root, and who owns their files then. */
export type RunAs = {
  /** Put before the program and its arguments. */
  prefix: readonly string[];
  uid: number | undefined;
  gid: number | undefined;
};

/**
 * A plain user runs the programs as they are. Root runs them in a user namespace of their own, where root's
 * files stay reachable below folders that only root may enter; where that is forbidden, as nobody.
 */
export function chooseRunAs(): RunAs {
  const plain = { prefix: [], uid: undefined, gid: undefined };
  if (process.platform === "win32" || process.getuid?.() !== 0) return plain;
  const [program = "", ...args] = [...UNSHARE, "true"];
  if (spawnSync(program, args, { stdio: "ignore" }).status === 0) return { ...plain, prefix: UNSHARE };
  return { prefix: [], uid: NOBODY, gid: NOBODY };
}

/** Gives `folder` with all that is in it to the user who runs the programs; a no-op for the right owner. */
export async function giveTo({ uid, gid }: RunAs, folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const owner = { uid: uid ?? 0, gid: gid ?? 0 };
  if ((await lstat(folder)).uid === owner.uid) return;
  for (const entry of await readdir(folder, { recursive: true })) {
    await chown(path.join(folder, entry), owner.uid, owner.gid);
  }
  // The folder last: a half-done change is then seen and done again at the next start.
  await chown(folder, owner.uid, owner.gid);
}

/** The command line of `program` under `runAs`. */
export function commandOf(runAs: RunAs, program: string, args: string[]): [string, string[]] {
  const [first = program, ...rest] = [...runAs.prefix, program, ...args];
  return [first, rest];
}

/** PostgreSQL gets none of our variables, some of which are secrets; Windows needs its own. */
export function childEnvironment(): NodeJS.ProcessEnv | undefined {
  if (process.platform === "win32") return undefined;
  return { NODE_ENV: "production", PATH: "/usr/local/bin:/usr/bin:/bin", TZ: "UTC" };
}
