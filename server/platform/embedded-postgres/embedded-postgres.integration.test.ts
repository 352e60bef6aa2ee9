import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { nodeWords } from "@/server/testing/node-words";
import { waitFor } from "@/server/testing/wait-for";
import { ownDataDir } from "./own-data-dir";
import { isAlive } from "./processes";

const WORDS = nodeWords("server/testing/postgres-process.ts");

let folder: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tandem-launcher-"));
  dataDir = path.join(folder, "data");
});
afterEach(async () => {
  for (const child of children.splice(0)) await end(child, "SIGTERM");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function launch() {
  const child = spawn(process.execPath, [...WORDS, dataDir], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

async function start() {
  const child = launch();
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  const [pid, url] = String(line).trim().split(" ");
  return { child, pid: Number(pid), url: String(url) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => client.end());
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The same query again until the server answers it. */
function queryWhenUp(url: string, sql: string) {
  return waitFor("the server to answer", () => query(url, sql).catch(() => undefined));
}

describe("the built-in PostgreSQL", { timeout: 120_000 }, () => {
  it("starts in a private folder, compares by code point, and leaves no process", async () => {
    const { child, pid, url } = await start();
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    await query(url, "create extension pg_trgm");
    expect(
      await query(
        url,
        `select lower('ÀÉ') as lower, 'Z' < 'a' as by_code_point, current_setting('fsync') as fsync,
           current_setting('synchronous_commit') as waits, show_trgm('привет') <> '{}' as classes`,
      ),
    ).toEqual([{ lower: "àé", by_code_point: true, fsync: "on", waits: "on", classes: true }]);
    await query(url, "create table kept (n int)");
    await end(child, "SIGTERM");
    expect(isAlive(pid)).toBe(false);
    expect(child.exitCode).toBe(0);
  });

  it("adopts the server that a killed process left behind", async () => {
    const first = await start();
    await query(first.url, "insert into kept values (1)");
    await end(first.child, "SIGKILL");
    expect(isAlive(first.pid)).toBe(true);
    const second = await start();
    expect(second).toMatchObject({ pid: first.pid, url: first.url });
    expect(await query(second.url, "select n from kept")).toEqual([{ n: 1 }]);
    await end(second.child, "SIGTERM");
    expect(isAlive(first.pid)).toBe(false);
  });

  it("recovers when everything was killed, with what was committed", async () => {
    const first = await start();
    await query(first.url, "insert into kept values (2)");
    process.kill(first.pid, "SIGKILL");
    await end(first.child, "SIGKILL");
    const second = await start();
    expect(await query(second.url, "select n from kept order by n")).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it("brings the server back at the same address when it is killed", async () => {
    const { pid, url } = await start();
    await query(url, "insert into kept values (3)");
    process.kill(pid, "SIGKILL");
    await waitFor("the death", () => !isAlive(pid));
    expect(await queryWhenUp(url, "select max(n) as n from kept")).toEqual([{ n: 3 }]);
  });

  it("starts though the process id in postmaster.pid belongs to another program now", async () => {
    const first = await start();
    process.kill(first.pid, "SIGKILL");
    await end(first.child, "SIGKILL");
    const pidFile = path.join(dataDir, "postgres", "postmaster.pid");
    const stale = await readFile(pidFile, "utf8");
    await writeFile(pidFile, stale.replace(/^\d+/, String(process.pid)));
    const second = await start();
    expect(await query(second.url, "select count(*)::int as n from kept")).toEqual([{ n: 3 }]);
  });

  it("refuses a second live owner of the folder in one line", async () => {
    await start();
    const second = launch();
    const [message] = await once(second.stderr.setEncoding("utf8"), "data");
    expect(message).toMatch(/^The data directory .* is in use by process \d+: [^\n]*$/);
    await waitFor("its end", () => second.exitCode !== null);
    expect(second.exitCode).toBe(1);
  });
});

describe("ownDataDir", () => {
  it("lets one contender in at a time", async () => {
    const free = path.join(folder, "contended");
    const release = await ownDataDir(free);
    await expect(ownDataDir(free)).rejects.toMatchObject({ code: "data_dir_in_use" });
    await release();
    await (await ownDataDir(free))();
  });

  it("takes no notice of a dead owner whose process id was given to another program", async () => {
    const left = path.join(folder, "left");
    await (await ownDataDir(left))();
    await writeFile(path.join(left, `owner.${process.ppid}.1`), "");
    await writeFile(path.join(left, "owner.999999999.1"), "");
    await (await ownDataDir(left))();
  });
});
