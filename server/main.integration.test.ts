import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createTestDatabase, type TestDatabase } from "./testing/database";
import { freePort } from "./testing/free-port";
import { nodeWords } from "./testing/node-words";
import { waitFor } from "./testing/wait-for";

let test: TestDatabase;
let folder: string;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "tandem-main-"));
});
afterAll(async () => {
  await test.drop();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  for (const child of processes.splice(0)) child.kill("SIGKILL");
});

const SECRET = "0123456789abcdef0123456789abcdef";

/** A process of the server with the variables given and none of this one's. */
function play(settings: Record<string, string>) {
  const { PATH, HOME } = process.env;
  const env: NodeJS.ProcessEnv = { PATH, HOME, NODE_ENV: "production", PORT: "0", ...settings };
  const child = spawn(process.execPath, nodeWords("server/main.ts"), { env });
  processes.push(child);
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  return { child, said, ended: once(child, "close") };
}

const onDatabase = () => ({ DATABASE_URL: test.url, AUTH_SECRET: SECRET, TANDEM_ENCRYPTION_KEY: SECRET });

describe("a start that can't be", () => {
  const withoutDatabase = "postgresql://ada:top-secret@127.0.0.1:1/labels";
  it.each([
    ["a wrong value", { TANDEM_RATE_LIMIT: "many" }, /^TANDEM_RATE_LIMIT must be a whole number .*\n$/],
    [
      "a database that does not answer",
      { DATABASE_URL: withoutDatabase, AUTH_SECRET: SECRET, TANDEM_ENCRYPTION_KEY: SECRET },
      /^The database of DATABASE_URL does not answer at 127\.0\.0\.1:1 \(ECONNREFUSED\).*\n$/,
    ],
    ["one role without a database", { TANDEM_ROLES: "worker" }, /^DATABASE_URL must be set when .*\n$/],
  ])("says so in one line: %s", async (_, settings, line) => {
    const { child, said, ended } = play(settings);
    await ended;
    expect(said.err).toMatch(line);
    expect(said.out).toBe("");
    expect(child.exitCode).toBe(1);
  });

  it("says so in one line: a data directory that is none", async () => {
    const file = path.join(folder, "file");
    await writeFile(file, "");
    const { said, ended } = play({ TANDEM_DATA_DIR: file });
    await ended;
    expect(said.err).toBe(
      `The data directory ${file} can't be written (EEXIST): correct it, or set TANDEM_DATA_DIR to another folder.\n`,
    );
  });

  it("says so in one line: a port in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { said, ended } = play({ ...onDatabase(), PORT: port });
    await ended;
    other.close();
    expect(said.err).toMatch(new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use: .*\\n$`));
  });
});

describe("a process that plays one role", () => {
  it("answers the probes, takes its tasks, and stops when told to", async () => {
    const port = String(await freePort());
    const { child, said, ended } = play({
      ...onDatabase(),
      PORT: port,
      TANDEM_ROLES: "worker",
      TANDEM_LOG_LEVEL: "warn",
    });
    await waitFor("the process to be ready", () => said.out.includes("Tandem (worker) is ready."));
    const at = `http://127.0.0.1:${port}`;
    expect(await (await fetch(`${at}/api/health`)).json()).toEqual({ status: "ok" });
    expect((await fetch(`${at}/api/ready`)).status).toBe(200);
    expect((await fetch(`${at}/projects`)).status).toBe(404);
    const counted = await fetch(`${at}/api/metrics`);
    expect(counted.headers.get("content-type")).toContain("text/plain");
    expect(await counted.text()).toContain("# TYPE tandem_queue_tasks gauge");
    child.kill("SIGTERM");
    await ended;
    expect(child.exitCode).toBe(0);
    expect(said.err).toBe("");
  });

  it("takes the sockets of live sessions and no other", async () => {
    const port = String(await freePort());
    const { said } = play({ ...onDatabase(), PORT: port, TANDEM_ROLES: "collab", TANDEM_LOG_LEVEL: "warn" });
    await waitFor("the process to be ready", () => said.out.includes("Tandem (collab) is ready."));
    const stranger = new WebSocket(`ws://127.0.0.1:${port}/collab/verification.nothing.0`);
    const [code] = await once(stranger, "close");
    expect(code).toBeGreaterThanOrEqual(4400);
    expect(code).toBeLessThan(4500);
    const elsewhere = new WebSocket(`ws://127.0.0.1:${port}/elsewhere`);
    const [error] = await once(elsewhere, "error");
    expect(String(error)).toContain("404");
  });
});
