import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, stat, truncate } from "node:fs/promises";
import type { Binaries } from "./binaries";
import type { Cluster } from "./cluster";
import { freePort } from "./free-port";
import { childEnvironment, commandOf, type RunAs } from "./run-as";

const MAX_LOG_BYTES = 20 * 1024 * 1024;

export type PostmasterOptions = {
  cluster: Cluster;
  binaries: Binaries;
  runAs: RunAs;
  /** `false` only for tests: nothing waits for the disk, and a crash of the machine loses the cluster. */
  durable: boolean;
};

/**
 * Starts `postgres` on a free loopback port, with its log in a file. It leads a process group of its own: a
 * terminal's Ctrl-C goes to the whole group, and would end the database under a server that is still writing.
 */
export async function spawnPostmaster(options: PostmasterOptions): Promise<{ pid: number; port: number }> {
  const { cluster, binaries, runAs, durable } = options;
  const port = await freePort(cluster.lastPort);
  const flags = Object.entries(settings(port, durable)).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const [program, args] = commandOf(runAs, binaries.postgres, ["-D", cluster.folder, ...flags]);
  const output = await openLog(cluster.logFile);
  try {
    const child = spawn(program, args, {
      env: childEnvironment(),
      uid: runAs.uid,
      gid: runAs.gid,
      stdio: ["ignore", output.fd, output.fd],
      detached: true,
    });
    await once(child, "spawn");
    if (child.pid === undefined) throw new Error(`${program} did not start.`);
    return { pid: child.pid, port };
  } finally {
    await output.close();
  }
}

function settings(port: number, durable: boolean): Record<string, string | number> {
  const safe = durable ? "on" : "off";
  return {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: "128MB",
    work_mem: "16MB",
    maintenance_work_mem: "128MB",
    max_wal_size: "1GB",
    // A table that has just been filled is planned for as if it were empty until its rows have been counted.
    autovacuum_naptime: "10s",
    timezone: "UTC",
    log_timezone: "UTC",
    fsync: safe,
    synchronous_commit: safe,
    full_page_writes: safe,
    // Messages of failed statements quote rows, and texts of records belong in no log.
    log_min_messages: "log",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
  };
}

async function openLog(file: string) {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) await truncate(file);
  return open(file, "a", 0o600);
}
