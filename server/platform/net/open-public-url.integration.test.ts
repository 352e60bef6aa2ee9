import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { errorCode } from "@/server/testing/error-code";
import { type OpenUrlOptions, openPublicUrl } from "./open-public-url";

let server: http.Server;
let answer: http.RequestListener;

beforeEach(async () => {
  server = http.createServer((request, response) => answer(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** The server of this test stands for a public one. */
const open = (options: Partial<OpenUrlOptions> = {}) =>
  openPublicUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/file.csv`, {
    signal: new AbortController().signal,
    isPermitted: (address) => address === "127.0.0.1",
    ...options,
  });

async function read({ body }: Awaited<ReturnType<typeof open>>): Promise<number> {
  let bytes = 0;
  for await (const piece of body) bytes += piece.byteLength;
  return bytes;
}

/** Sends a byte again and again, never silent for long. */
const drip: http.RequestListener = (_request, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write("x"), 20);
  response.on("close", () => clearInterval(timer));
};

it("ends a transfer that only drips, in words, and by the caller's time as well", async () => {
  answer = drip;
  const late = { code: "fetch_failed", message: expect.stringContaining("takes too long") };
  await expect(open({ longestMs: 300 }).then(read)).rejects.toMatchObject(late);
  await expect(open({ signal: AbortSignal.timeout(300) }).then(read)).rejects.toMatchObject(late);
  answer = () => undefined;
  await expect(open({ longestMs: 100 })).rejects.toMatchObject(late);
});

it("ends with the caller's own reason otherwise", async () => {
  answer = drip;
  const stop = new AbortController();
  const reading = open({ signal: stop.signal }).then(read);
  stop.abort(new Error("no longer wanted"));
  await expect(reading).rejects.toThrow("no longer wanted");
});

it("reads a file that comes in time", async () => {
  answer = (_request, response) => response.end("id,content");
  expect(await read(await open({ longestMs: 60_000 }))).toBe(10);
  answer = (_request, response) => response.writeHead(404).end();
  expect(await errorCode(open())).toBe("fetch_failed");
});
