import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Job } from "../../contracts/jobs";
import { createClient } from "../http/client";
import { createHttp } from "../http/http";
import { problem, type SmallServer, startSmallServer } from "../testing/small-server";
import { watchJob } from "./watch-job";

let server: SmallServer;
beforeAll(async () => {
  server = await startSmallServer();
});
afterAll(() => server.close());

const jobOf = (called: number, status: Job["status"] = "running") => ({
  id: "j",
  status,
  counts: { called },
});
const event = (job: object) => `event: progress\ndata: ${JSON.stringify(job)}\n\n`;
const isEvents = (path: string) => path.endsWith("/events");

/** Sends a text in pieces of so many bytes, and then ends the answer or breaks its connection off. */
const stream =
  (text: string, size: number, end: "end" | "break" = "end") =>
  async (response: ServerResponse): Promise<void> => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; from += size) {
      response.write(bytes.subarray(from, from + size));
      await nextTurn();
    }
    if (end === "end") response.end();
    else response.destroy();
  };

async function watch(signal?: AbortSignal): Promise<string[]> {
  const client = createClient(createHttp({ url: server.url }), "/projects/p");
  const seen = [];
  for await (const { status, counts } of watchJob(client, "j", { pollMs: 1, signal }))
    seen.push(`${status} ${counts.called}`);
  return seen;
}

it("follows the events, whatever pieces they come in, until the job has ended", async () => {
  const text = `${event(jobOf(0))}: still here\n\n${event(jobOf(1))}${event(jobOf(2, "succeeded"))}`;
  server.answer(() => stream(text, 7));
  expect(await watch()).toEqual(["running 0", "running 1", "succeeded 2"]);
  expect(server.asked.map(({ path, headers }) => [path, headers.accept])).toEqual([
    ["/projects/p/jobs/j/events", "text/event-stream"],
  ]);
});

it("connects anew when the connection breaks, and tells nothing twice", async () => {
  server.answer((_, nth) =>
    nth === 0
      ? stream(event(jobOf(0)) + event(jobOf(1)).slice(0, -5), 20, "break")
      : nth === 1
        ? stream(event(jobOf(0)) + event(jobOf(1)), 1000, "end")
        : stream(event(jobOf(1)) + event(jobOf(2, "cancelled")), 1000),
  );
  expect(await watch()).toEqual(["running 0", "running 1", "cancelled 2"]);
  expect(server.asked).toHaveLength(3);
});

it.each([
  ["are not there", () => problem(404, "not_found")],
  ["are cut off before the first", () => "lost" as const],
  ["come as a page of a proxy", () => ({ body: "<h1>Welcome</h1>" })],
])("looks at the job itself where events %s", async (_, events) => {
  let looks = 0;
  server.answer(({ path }) => {
    if (isEvents(path)) return events();
    looks++;
    return { body: looks < 3 ? jobOf(1) : jobOf(2, "failed") };
  });
  expect(await watch()).toEqual(["running 1", "failed 2"]);
  expect(looks).toBe(3);
});

it("throws what the server says of the job", async () => {
  server.answer(() => problem(404, "not_found"));
  await expect(watch()).rejects.toMatchObject({ status: 404, code: "not_found" });
});

it("ends with the signal's reason while it listens", async () => {
  const leaving = new AbortController();
  const reason = new Error("enough");
  server.answer(() => (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    response.write(event(jobOf(0)), () => leaving.abort(reason));
  });
  await expect(watch(leaving.signal)).rejects.toBe(reason);
});
