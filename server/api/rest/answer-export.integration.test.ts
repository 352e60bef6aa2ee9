import http from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Actor, createAccessToken, type ProjectActor } from "@/server/modules/access";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";
import { createActor, createMember } from "@/server/testing/people";
import { waitFor } from "@/server/testing/wait-for";
import { handleExport } from "./answer-export";

const ROWS = 12_000;
const TEXT = 2000;

let test: TestDatabase;
let world: LabelledProject;
let token: string;
let server: http.Server;

const actorOf = ({ userId, userName }: ProjectActor): Actor => ({
  userId,
  name: userName,
  instanceRole: "member",
});
const tokenOf = async (actor: Actor): Promise<string> =>
  (await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] })).token ?? "";

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({
    databaseUrl: test.url,
    authSecret: newId(),
    encryptionKey: newId(),
    rateLimit: 0,
    logLevel: "silent",
  });
  world = await createLabelledProject(test.db);
  token = await tokenOf(actorOf(world.member));
  await test.pool.query(
    `insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position", "updatedAt")
     select gen_random_uuid(), $1::uuid, 'r' || n, repeat('x', $2::int), jsonb_build_object('n', n), n, now()
     from generate_series(1, $3::int) n`,
    [world.project.id, TEXT, ROWS],
  );
  server = http.createServer((request, response) => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const headers = new Headers({ authorization: request.headers.authorization ?? "" });
    void handleExport(
      new Request(`http://host${request.url}`, { headers, signal: gone.signal }),
      world.project.slug,
    )
      .then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        if (answer.body) await pipeline(chunksOf(answer.body), response);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await closeDb();
  await test.drop();
});

const ask = (search: string, bearer: string | null = token) =>
  handleExport(
    new Request(`http://host/export?${search}`, {
      headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
    }),
    world.project.slug,
  );

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) yield chunk;
}

/** Starts a download over a real socket. */
const download = (search: string) =>
  new Promise<http.IncomingMessage>((answered, failed) => {
    const { port } = server.address() as AddressInfo;
    http
      .get({ port, path: `/export?${search}`, headers: { authorization: `Bearer ${token}` } }, answered)
      .on("error", failed);
  });

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

/** Bytes that are still needed by something. */
function memoryInUse(): number {
  if (typeof collectGarbage === "function") collectGarbage();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

/** Transactions that exports hold open. */
const openExports = async () =>
  (
    await test.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and backend_type = 'client backend' and state <> 'idle'`,
    )
  ).rowCount;

describe("GET …/export", () => {
  it("sends a large file in the memory of a small part of it", async () => {
    const answer = await ask("kind=records");
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="${world.project.slug}-records.csv"`,
    );
    expect(answer.headers.get("x-tandem-types")).toBe("n:number");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    let [bytes, chunks] = [0, 0];
    const inUse: number[] = [];
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.byteLength;
      chunks += 1;
      if (chunks % 16 === 0) inUse.push(memoryInUse());
    }
    expect(bytes).toBeGreaterThan(ROWS * TEXT);
    expect(chunks).toBeGreaterThan(48);
    // Kept rows would make it grow by two thirds of the file; what else happens in the process passes.
    const growth = Math.min(...inUse.slice(-4)) - Math.min(...inUse.slice(0, 4));
    expect(inUse.length).toBeGreaterThan(8);
    expect(growth).toBeLessThan(bytes / 4);
  });

  it("sends headers and first rows before the rest is read, and ends its query when the client leaves", async () => {
    const answer = await download("kind=records&format=jsonl");
    expect(answer.statusCode).toBe(200);
    const [first] = await new Promise<[Buffer]>((read) =>
      answer.once("data", (chunk: Buffer) => read([chunk])),
    );
    expect(first.toString("utf8", 0, 9)).toBe('{"id":"r1');
    answer.pause();
    await waitFor("the export before to end", async () => (await openExports()) === 1);
    answer.destroy();
    await waitFor("the query to end", async () => (await openExports()) === 0);
  });

  it("lets only a few run at once, of one person fewer, and gives each place back", async () => {
    const newViewer = async () =>
      tokenOf(actorOf(await createMember(test.db, { project: world.project, role: "viewer" })));
    const askOften = (bearer: string, times: number) =>
      Promise.all(Array.from({ length: times }, () => ask("kind=records", bearer)));
    const mine = await askOften(token, 5);
    const others = [...(await askOften(await newViewer(), 2)), ...(await askOften(await newViewer(), 2))];
    expect(mine.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
    expect(others.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
    expect(mine.find(({ status }) => status === 429)?.headers.get("retry-after")).toBe("5");
    await Promise.all([...mine, ...others].map((answer) => answer.body?.cancel()));
    const again = await ask("kind=records");
    expect(again.status).toBe(200);
    await again.body?.cancel();
    await waitFor("every query to end", async () => (await openExports()) === 0);
  });

  it.each([
    ["without a kind", "", 422, "invalid"],
    ["of an unknown kind", "kind=secrets", 422, "invalid"],
    ["of an unknown format", "kind=records&format=xls", 422, "invalid"],
    ["with a query that is no JSON", "kind=records&query=%7B", 422, "invalid_query"],
    ["with a query that asks nothing known", "kind=records&query=%7B%22x%22%3A1%7D", 422, "invalid_query"],
    ["of final labels that nobody has made", "kind=final", 404, "no_snapshot"],
  ])("refuses one %s", async (_what, search, status, code) => {
    const answer = await ask(search);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ code });
  });

  it("is for the team of the project alone", async () => {
    const statusOf = async (bearer: string | null) => {
      const answer = await ask("kind=annotations", bearer);
      await answer.body?.cancel();
      return answer.status;
    };
    const annotator = await createMember(test.db, { project: world.project, role: "annotator" });
    const viewer = await createMember(test.db, { project: world.project, role: "viewer" });
    expect(await statusOf(null)).toBe(401);
    expect(await statusOf("forged")).toBe(401);
    expect(await statusOf(await tokenOf(await createActor(test.db)))).toBe(404);
    expect(await statusOf(await tokenOf(actorOf(annotator)))).toBe(403);
    expect(await statusOf(await tokenOf(actorOf(viewer)))).toBe(200);
  });
});
