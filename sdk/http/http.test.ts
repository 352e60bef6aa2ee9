import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TandemError } from "../tandem-error";
import { problem, type SmallServer, startSmallServer } from "../testing/small-server";
import { createHttp, type HttpSettings } from "./http";

let server: SmallServer;
let waits: number[];
beforeAll(async () => {
  server = await startSmallServer();
});
afterAll(() => server.close());
beforeEach(() => {
  waits = [];
});

/** Waits are written down instead of waited for. */
const client = (settings: Partial<HttpSettings> = {}) =>
  createHttp({ url: `${server.url}/`, token: "secret", ...settings }, async (ms, signal) => {
    signal?.throwIfAborted();
    waits.push(ms);
  });
const get = { method: "GET", path: "/me" } as const;
const post = { method: "POST", path: "/jobs", body: { a: 1 } } as const;
const keysOf = () => server.asked.map(({ headers }) => headers["idempotency-key"]);

async function failure(work: Promise<unknown>): Promise<TandemError> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof TandemError)) throw new Error("no TandemError was thrown", { cause: error });
  return error;
}

describe("a call", () => {
  it("goes with the token, the query and JSON, and gives what is answered", async () => {
    server.answer(() => ({ body: { id: "x" } }));
    const query = { limit: 2, all: true, label: ["a,b", "c"], cursor: undefined, none: null };
    expect(await client().json({ ...post, query })).toEqual({ id: "x" });
    const [asked] = server.asked;
    expect(asked).toMatchObject({ method: "POST", path: "/jobs", body: '{"a":1}' });
    expect(asked?.query.toString()).toBe("limit=2&all=true&label=a%2Cb&label=c");
    expect(asked?.headers).toMatchObject({
      authorization: "Bearer secret",
      "content-type": "application/json",
    });
  });

  it("gives nothing where nothing is answered", async () => {
    server.answer(() => (response) => void response.writeHead(204).end());
    expect(await client().json({ method: "DELETE", path: "/x" })).toBeUndefined();
  });

  it("throws what a problem tells, with each wrong field, and is not made again", async () => {
    const errors = [{ path: "model.temperature", message: "must be a number from 0 to 2" }];
    server.answer(() => problem(422, "invalid_agent", { errors }));
    const error = await failure(client().json(post));
    expect(error).toMatchObject({
      status: 422,
      code: "invalid_agent",
      detail: "It is invalid_agent.",
      errors,
    });
    expect(error.message).toContain("model.temperature: must be a number from 0 to 2");
    expect(server.asked).toHaveLength(1);
  });

  it("tells a page of a proxy, and an answer that is not Tandem's", async () => {
    server.answer(() => ({ status: 500, body: "<h1>Oh no</h1>" }));
    expect(await failure(client().json(get))).toMatchObject({ code: "http_500", detail: "<h1>Oh no</h1>" });
    server.answer(() => ({ body: "<h1>Welcome</h1>" }));
    expect(await failure(client().json(get))).toMatchObject({ status: 200, code: "bad_answer" });
  });
});

describe("a call that was refused for asking too often", () => {
  it.each([get, post, { method: "PATCH", path: "/x", body: {} } as const])(
    "waits as told, and is made again: %o",
    async (call) => {
      const refused = { ...problem(429, "rate_limited"), headers: { "retry-after": "7" } };
      server.answer((_, nth) => (nth < 2 ? refused : { body: { ok: true } }));
      expect(await client().json(call)).toEqual({ ok: true });
      expect(waits).toEqual([7000, 7000]);
    },
  );

  it("is given up after the tries that are allowed, and where the wait would be too long", async () => {
    server.answer(() => ({ ...problem(429, "rate_limited"), headers: { "retry-after": "1" } }));
    expect(await failure(client({ retries: 2 }).json(get))).toMatchObject({ status: 429, retryAfter: 1 });
    expect(server.asked).toHaveLength(3);
    server.answer(() => ({ ...problem(429, "rate_limited"), headers: { "retry-after": "3600" } }));
    expect(await failure(client().json(get))).toMatchObject({ status: 429, retryAfter: 3600 });
    expect(server.asked).toHaveLength(1);
  });
});

describe("a call whose answer was lost", () => {
  it("is made again under the same key, and another call has another", async () => {
    server.answer((_, nth) => (nth === 0 || nth === 2 ? "lost" : { body: { id: "x" } }));
    expect(await client().json(post)).toEqual({ id: "x" });
    const [key, again] = keysOf();
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toBe(key);
    await client().json(post);
    expect(keysOf()[3]).toBe(keysOf()[2]);
    expect(keysOf()[3]).not.toBe(key);
    expect(server.asked.map(({ body }) => body)).toEqual(Array(4).fill('{"a":1}'));
  });

  it("waits for its own first try, which still runs", async () => {
    const running = { ...problem(409, "conflict"), headers: { "retry-after": "1" } };
    server.answer((_, nth) => (nth === 0 ? "lost" : nth === 1 ? running : { body: { id: "x" } }));
    expect(await client().json(post)).toEqual({ id: "x" });
    expect(waits[1]).toBe(1000);
    server.answer(() => problem(409, "conflict"));
    expect(await failure(client().json(post))).toMatchObject({ status: 409 });
    expect(server.asked).toHaveLength(1);
  });

  it("is made again while the server starts, a little later each time", async () => {
    server.answer((_, nth) => (nth < 3 ? { status: 503, body: "starting" } : { body: { ok: true } }));
    expect(await client().json(get)).toEqual({ ok: true });
    expect(waits).toHaveLength(3);
    for (const [nth, most] of [200, 400, 800].entries()) {
      expect(waits[nth]).toBeGreaterThanOrEqual(most / 2);
      expect(waits[nth]).toBeLessThanOrEqual(most);
    }
  });

  it.each([
    ["changes something without a key", { method: "PATCH", path: "/x", body: {} }],
    ["deletes", { method: "DELETE", path: "/x" }],
    ["holds a password", { ...post, isSecret: true }],
  ] as const)("is not made again when it %s", async (_, call) => {
    server.answer(() => "lost");
    expect(await failure(client().json(call))).toMatchObject({ status: 0, code: "network" });
    expect(server.asked).toHaveLength(1);
    expect(keysOf()).toEqual([undefined]);
  });

  it("sends a Blob again, and never the rest of a stream", async () => {
    server.answer((_, nth) => (nth === 0 ? "lost" : { status: 202, body: { id: "i" } }));
    const blob = new Blob(["id,content\n"]);
    const file = { content: blob, type: "text/csv", isRepeatable: true };
    expect(await client().json({ method: "POST", path: "/imports", file })).toEqual({ id: "i" });
    expect(server.asked.map(({ body }) => body)).toEqual(["id,content\n", "id,content\n"]);

    server.answer(() => "lost");
    const stream = { content: blob.stream(), type: "text/csv", isRepeatable: false };
    await failure(client().json({ method: "POST", path: "/imports", file: stream }));
    expect(server.asked.map(({ body }) => body)).toEqual(["id,content\n"]);
  });
});

describe("whoever does not want to wait any more", () => {
  /** A server that is silent, and the moment at which it has been asked. */
  function silence() {
    const held = resolvers<ServerResponse>();
    server.answer(() => (response) => held.resolve(response));
    return held.promise;
  }

  it("aborts a call that runs, and the server sees it", async () => {
    const asked = silence();
    const leaving = new AbortController();
    const answer = client().json({ ...get, signal: leaving.signal });
    const response = await asked;
    const closed = once(response, "close");
    const reason = new Error("enough");
    leaving.abort(reason);
    await expect(answer).rejects.toBe(reason);
    await closed;
    expect(server.asked).toHaveLength(1);
  });

  it("aborts between two tries, and before the first", async () => {
    server.answer(() => "lost");
    const leaving = new AbortController();
    const reason = new Error("enough");
    const waiting = createHttp({ url: server.url }, async (_, signal) => {
      leaving.abort(reason);
      signal?.throwIfAborted();
    });
    await expect(waiting.json({ ...get, signal: leaving.signal })).rejects.toBe(reason);
    await expect(waiting.json({ ...get, signal: leaving.signal })).rejects.toBe(reason);
    expect(server.asked).toHaveLength(1);
  });

  it("sets an end, which is a time-out", async () => {
    void silence();
    const error = await failure(client({ retries: 0 }).json({ ...get, timeoutMs: 20 }));
    expect(error).toMatchObject({ status: 0, code: "timeout" });
  });
});

function resolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
