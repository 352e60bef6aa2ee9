import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { openPublicUrl } from "@/server/platform/net/open-public-url";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { createTestProject } from "@/server/testing/projects";
import { waitFor } from "@/server/testing/wait-for";
import type { OpenUrl } from "./fetch-file";
import { storedOptions } from "./import-repository";
import { previewUrl } from "./preview-url";
import { cancelImport, getImport } from "./read-imports";
import { runImport } from "./run-import";
import { startUrlImport } from "./start-url-import";
import { makeWorkbook } from "./testing/make-workbook";

const MAX_BYTES = 400_000;

let test: TestDatabase;
let dataDir: string;
let member: ProjectActor;
let server: http.Server;
let answer: http.RequestListener;
let asked: string[];
/** Short only for those who fall silent. */
let silenceMs: number;

beforeAll(async () => {
  test = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "tandem-url-"));
  completeEnv({
    databaseUrl: test.url,
    dataDir,
    authSecret: newId(),
    encryptionKey: newId(),
    logLevel: "silent",
    maxImportBytes: MAX_BYTES,
  });
});
beforeEach(async () => {
  ({ administrator: member } = await createTestProject(test.db));
  asked = [];
  silenceMs = 60_000;
  server = http.createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
afterAll(async () => {
  await test.drop();
  await rm(dataDir, { recursive: true });
});

const port = () => (server.address() as AddressInfo).port;
const at = (pathname: string, host = "files.example") => `http://${host}:${port()}${pathname}`;

/** Hosts of `.example` lead to the server of this test, which stands for a public one; all others are as they are. */
const openUrl: OpenUrl = (url, { signal }) =>
  openPublicUrl(url, {
    signal,
    silenceMs,
    resolve: async (host) => [
      {
        address: host.endsWith(".example") ? "127.0.0.1" : host === "inside.test" ? "10.0.0.1" : host,
        family: 4,
      },
    ],
    isPermitted: (address) => address === "127.0.0.1",
  });

const start = async (url: string, options: Record<string, unknown> = { id: "id" }): Promise<string> =>
  (await startUrlImport(test.db, member, { url, ...storedOptions.parse(options) })).id;

const run = (id: string, signal = new AbortController().signal) =>
  runImport({ db: test.db, pool: test.pool, signal, lastAttempt: false }, id, { openUrl });

async function imported(url: string, options?: Record<string, unknown>) {
  const id = await start(url, options);
  await run(id);
  return getImport(test.db, member, { id });
}

const rows = "id,content\n1,one\n2,two\n,three\n";
const text =
  (body: string | Uint8Array, headers: http.OutgoingHttpHeaders = {}): http.RequestListener =>
  (_request, response) =>
    void response.writeHead(200, headers).end(body);

describe("an import from an address", () => {
  it("fetches the file, tells its format, and forgets the secrets of the address", async () => {
    answer = text(rows, { "content-type": "text/plain" });
    const report = await imported(at("/data/rows.csv?token=secret"));
    expect(report).toMatchObject({
      ...{ status: "succeeded", source: "url", format: "csv", fileName: "rows.csv", encoding: "utf-8" },
      ...{ read: 3, imported: 2, refused: 1, bytes: rows.length, url: at("/data/rows.csv") },
    });
    const stored = await test.db.importRun.findUniqueOrThrow({ where: { id: report.id } });
    expect(JSON.stringify({ ...stored, bytes: 0, bytesRead: 0 })).not.toContain("secret");
  });

  it.each([
    ["JSON Lines", "/x", '{"id":1,"content":"a"}\n{"id":2,"content":"b"}\n', "jsonl"],
    ["an array", "/x.json", '[{"id":1,"content":"a"}]', "json"],
    [
      "a workbook",
      "/x",
      makeWorkbook({
        A: [
          ["id", "content"],
          [1, "a"],
        ],
      }),
      "xlsx",
    ],
  ])("knows %s by what it holds", async (_what, pathname, body, format) => {
    answer = text(body);
    expect(await imported(at(pathname))).toMatchObject({ status: "succeeded", format });
  });

  it("follows redirects, each of them checked", async () => {
    answer = (request, response) => {
      if (request.url === "/start") response.writeHead(302, { location: at("/next", "other.example") }).end();
      else if (request.url === "/next") response.writeHead(307, { location: "rows.csv" }).end();
      else response.end(rows);
    };
    expect(await imported(at("/start"))).toMatchObject({ status: "succeeded", imported: 2 });
    expect(asked).toEqual([
      `files.example:${port()}/start`,
      `other.example:${port()}/next`,
      `other.example:${port()}/rows.csv`,
    ]);
  });

  it.each([
    ["a private host", () => "http://inside.test/rows.csv", "forbidden_address"],
    ["a redirect to the cloud's metadata", () => "http://169.254.169.254/latest", "forbidden_address"],
    ["a redirect to another protocol", () => "file:///etc/passwd", "invalid_url"],
    ["a redirect with a password", () => "http://me:secret@files.example/", "invalid_url"],
  ])("never goes on to %s", async (_what, location, code) => {
    answer = (_request, response) => void response.writeHead(302, { location: location() }).end();
    expect(await imported(at("/start"))).toMatchObject({
      status: "failed",
      error: { code, errors: [{ path: "url" }] },
    });
    expect(asked).toHaveLength(1);
  });

  const failures: [string, http.RequestListener, string, RegExp][] = [
    ["a page that is missing", (_q, a) => void a.writeHead(404).end(), "fetch_failed", /answered 404/],
    [
      "redirects without end",
      (_q, a) => void a.writeHead(302, { location: "/again" }).end(),
      "fetch_failed",
      /more than 5 times/,
    ],
    [
      "a web page",
      text("<html></html>", { "content-type": "text/html" }),
      "unsupported_media_type",
      /web page/,
    ],
    ["a file that is too large", text("x".repeat(MAX_BYTES + 1)), "too_large", /larger than/],
    [
      "a stream that is too large",
      (_q, a) => {
        for (let n = 0; n < 10; n++) a.write("x".repeat(100_000));
        a.end();
      },
      "too_large",
      /larger than/,
    ],
    [
      "a transfer that breaks off",
      (_q, a) => {
        a.writeHead(200, { "content-length": 1000 });
        a.write(rows);
        setImmediate(() => a.destroy());
      },
      "fetch_failed",
      /broke off/,
    ],
    ["a packed answer", text("x", { "content-encoding": "gzip" }), "fetch_failed", /compressed/],
    ["an empty file", text(""), "empty_file", /empty/],
    ["a file without the column", text("key,content\n1,a\n"), "invalid_mapping", /no column "id"/],
    ["a picture", text(Buffer.from("\x89PNG\r\n\x1a\n", "latin1")), "binary_file", /image/],
  ];
  async function expectFailure(listener: http.RequestListener, code: string, message: RegExp) {
    answer = listener;
    const report = await imported(at("/rows.csv"));
    expect(report).toMatchObject({ status: "failed", imported: 0, error: { code } });
    expect(report.error?.detail).toMatch(message);
    expect(await test.db.record.count({ where: { projectId: member.projectId } })).toBe(0);
  }
  it.each(failures)("ends as failed for %s", async (_what, listener, code, message) => {
    await expectFailure(listener, code, message);
  });

  const silent: [string, http.RequestListener, RegExp][] = [
    ["falls silent", (_q, a) => void a.writeHead(200).write("id"), /fell silent/],
    ["never answers", () => undefined, /does not answer/],
  ];
  it.each(silent)("ends as failed for a sender that %s", async (_what, listener, message) => {
    silenceMs = 1000;
    await expectFailure(listener, "fetch_failed", message);
  });

  it("does not fetch again what a worker had fetched before it was lost", async () => {
    answer = text(rows);
    const id = await start(at("/rows.csv"));
    const lost = new AbortController();
    await test.pool.query(`create function lose() returns trigger language plpgsql as $$
      begin raise exception 'lost'; end $$`);
    await test.pool.query(
      `create trigger lose before insert on "Record" for each row execute function lose()`,
    );
    await expect(run(id, lost.signal)).rejects.toThrow("lost");
    await test.pool.query(`drop trigger lose on "Record"; drop function lose`);
    await run(id);
    expect(asked).toHaveLength(1);
    expect(await getImport(test.db, member, { id })).toMatchObject({
      ...{ status: "succeeded", imported: 2, attempts: 2, recovered: { from: "file" } },
    });
  });

  it("stops at once when a person cancels it while it is fetched", async () => {
    answer = (_request, response) => void response.writeHead(200).write("id,content\n");
    const id = await start(at("/rows.csv"));
    const running = run(id);
    await waitFor("the request", () => asked.length > 0);
    await cancelImport(test.db, member, { id });
    await running;
    expect(await getImport(test.db, member, { id })).toMatchObject({ status: "cancelled", error: null });
  });

  it.each([
    "http://127.0.0.1/x",
    "http://[::1]/x",
    "http://169.254.169.254/",
    "ftp://a.example/x",
    "http://a:b@c.example/",
  ])("is not even begun for %s", async (url) => {
    expect(await errorCode(start(url))).toBe("invalid");
    expect(await test.db.importRun.count({ where: { projectId: member.projectId } })).toBe(0);
  });
});

describe("a look into the file of an address", () => {
  it("fetches no more of a text than its beginning", async () => {
    // There is no end to wait for.
    answer = (_request, response) => void response.write(`id,content\n${"1,text\n".repeat(60_000)}`);
    const preview = await previewUrl(test.db, member, { url: at("/rows.csv"), encoding: "auto" }, openUrl);
    expect(preview).toMatchObject({ format: "csv", columns: [{ name: "id" }, { name: "content" }] });
  });

  it("fetches a workbook whole", async () => {
    answer = text(
      makeWorkbook({
        A: [
          ["id", "content"],
          [1, "a"],
        ],
        B: [],
      }),
    );
    expect(await previewUrl(test.db, member, { url: at("/x"), encoding: "auto" }, openUrl)).toMatchObject({
      ...{ format: "xlsx", sheets: ["A", "B"], looked: 1 },
    });
  });
});
