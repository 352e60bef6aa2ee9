import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { AppError } from "../errors";
import type { Binaries } from "./binaries";
import { childEnvironment, commandOf, giveTo, type RunAs } from "./run-as";

const USER = "tandem";
export const DATABASE = "tandem";

const access = z.object({ password: z.string(), port: z.number().int().optional() });
type Access = z.output<typeof access>;

/** A cluster on disk: where it is, and how a client of this instance gets in. */
export type Cluster = {
  /** PostgreSQL's own data directory. */
  folder: string;
  logFile: string;
  /** The port of the last start, to be tried again. */
  lastPort: number | undefined;
  rememberPort(port: number): Promise<void>;
  urlOf(port: number, database: string): string;
};

/**
 * Opens the cluster below `dataDir`, making it at the first start: UTF-8, compared by code point on every
 * system, entered by a password that only the owner of the data directory can read.
 */
export async function openCluster(dataDir: string, binaries: Binaries, runAs: RunAs): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await chmod(dataDir, 0o700);
  const folder = path.join(dataDir, "postgres");
  const accessFile = path.join(dataDir, "postgres.json");
  if (!existsSync(folder)) await makeCluster({ dataDir, folder, accessFile, binaries, runAs });
  await giveTo(runAs, folder);
  // Nobody has to pass through the data directory, and root's own reach does not depend on its owner.
  if (runAs.uid !== undefined) await giveTo(runAs, dataDir);
  const { password, port } = access.parse(JSON.parse(await readFile(accessFile, "utf8")));
  const cluster: Cluster = {
    folder,
    logFile: path.join(dataDir, "postgres.log"),
    lastPort: port,
    async rememberPort(used) {
      // A server that dies in its first run must come back at the address that is in use too.
      cluster.lastPort = used;
      await save(accessFile, { password, port: used });
    },
    urlOf: (used, database) => `postgresql://${USER}:${password}@127.0.0.1:${used}/${database}`,
  };
  return cluster;
}

type NewCluster = {
  dataDir: string;
  folder: string;
  accessFile: string;
  binaries: Binaries;
  runAs: RunAs;
};

/** Made aside and renamed at the end, so that a start that was cut off begins anew the next time. */
async function makeCluster({ dataDir, folder, accessFile, binaries, runAs }: NewCluster): Promise<void> {
  const aside = path.join(dataDir, "postgres.new");
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { mode: 0o700 });
  const cluster = path.join(aside, "cluster");
  const passwordFile = path.join(aside, "password");
  const password = randomBytes(24).toString("base64url");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (runAs.uid !== undefined) await giveTo(runAs, dataDir);
  await giveTo(runAs, aside);
  const [program, args] = commandOf(runAs, binaries.initdb, [
    `--pgdata=${cluster}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    ...localeOf(process.platform),
  ]);
  await promisify(execFile)(program, args, { env: childEnvironment(), uid: runAs.uid, gid: runAs.gid }).catch(
    (error: Error & { stderr?: string }) => {
      const reason = (error.stderr ?? error.message).trim().split("\n").at(-1);
      throw new AppError("embedded_postgres", `The built-in database could not be made: ${reason}`, {
        status: 500,
        cause: error,
      });
    },
  );
  await save(accessFile, { password });
  await rename(cluster, folder);
  await rm(aside, { recursive: true, force: true });
}

/** The character classes of trigram search come from the C library, whose name for UTF-8 differs by system. */
function localeOf(platform: NodeJS.Platform): string[] {
  if (platform === "linux") return ["--locale=C.UTF-8"];
  const classes = platform === "darwin" ? ["--lc-ctype=UTF-8"] : [];
  return ["--locale=C", ...classes, "--builtin-locale=C.UTF-8"];
}

async function save(file: string, value: Access): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
