import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type AskedBatches, request, startAskedBatches } from "../testing/ask-batches";
import { KEY } from "../testing/ask-double";
import { json } from "../testing/scripted-provider";

/** The request of docs.claude.com/en/api/creating-message-batches. */
const createRequest = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
        params: z.looseObject({
          model: z.string(),
          max_tokens: z.int(),
          messages: z.array(z.unknown()).min(1),
        }),
      }),
    )
    .min(1)
    .max(100_000),
});
/** docs.claude.com/en/api/retrieving-message-batches */
const batch = (over: Record<string, unknown> = {}) => ({
  id: "msgbatch_1",
  type: "message_batch",
  processing_status: "in_progress",
  request_counts: { processing: 2, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  ended_at: null,
  created_at: new Date().toISOString(),
  expires_at: new Date().toISOString(),
  archived_at: null,
  cancel_initiated_at: null,
  results_url: null,
  ...over,
});
const ended = (over: Record<string, unknown> = {}) =>
  batch({
    processing_status: "ended",
    request_counts: { processing: 0, succeeded: 1, errored: 1, canceled: 0, expired: 0 },
    results_url: "https://somewhere.else/v1/messages/batches/msgbatch_1/results",
    ...over,
  });
const message = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-test-20250929",
  content: [{ type: "text", text: "Sentiment: positive" }],
  stop_reason: "end_turn",
  usage: { input_tokens: 21, output_tokens: 6 },
};
const line = (custom_id: string, result: unknown) => JSON.stringify({ custom_id, result });

let double: AskedBatches;
beforeAll(async () => {
  double = await startAskedBatches("anthropic");
});
beforeEach(() => {
  double.calls.length = 0;
  double.answer((response) => json(response, batch()));
});
afterAll(() => double.close());

const look = () => double.batches.look(double.place, "msgbatch_1", double.signal);

describe("a batch handed in", () => {
  it("is one request with all of its requests, and the key in its header", async () => {
    const items = ["key1a", "key1b"].map((id) => double.batches.write(double.place, request(id)));
    const state = await double.batches.submit(double.place, { key: "key1", items }, double.signal);
    expect(state).toMatchObject({ id: "msgbatch_1", state: "waiting", done: 0, results: [] });
    const [sent] = double.calls;
    expect(sent).toMatchObject({ method: "POST", path: "/v1/messages/batches" });
    expect(sent?.headers).toMatchObject({
      "x-api-key": KEY,
      "anthropic-version": "2023-06-01",
      "content-type": "application/json",
    });
    const { requests } = createRequest.parse(sent?.body);
    expect(requests.map(({ custom_id }) => custom_id)).toEqual(["key1a", "key1b"]);
    expect(requests[0]?.params).toEqual({
      model: "model-1",
      max_tokens: 7,
      system: "You label texts.",
      messages: [{ role: "user", content: request("key1a").messages[1]?.content }],
    });
  });
});

describe("how far it is", () => {
  it.each([
    ["in_progress", "waiting"],
    ["canceling", "waiting"],
    ["ended", "ended"],
  ])("%s is %s", async (processing_status, state) => {
    double.answer((response) => json(response, ended({ processing_status })));
    expect(await look()).toMatchObject({ state, done: 2 });
  });

  it("is gone when the provider knows it no more", async () => {
    const error = { type: "not_found_error", message: "Not found" };
    double.answer((response) => json(response, { type: "error", error }, 404));
    expect(await look()).toBe("gone");
  });

  it("is cancelled and deleted by its own path", async () => {
    await double.batches.cancel(double.place, "msgbatch_1", double.signal);
    const state = await look();
    if (state === "gone") throw new Error("It is there.");
    await double.batches.remove(double.place, state, double.signal);
    expect(double.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /v1/messages/batches/msgbatch_1/cancel",
      "GET /v1/messages/batches/msgbatch_1",
      "DELETE /v1/messages/batches/msgbatch_1",
    ]);
  });
});

describe("its results", () => {
  it("are read at the address of its calls, wherever the batch says that they are", async () => {
    double.answer((response) => json(response, ended()));
    const state = await look();
    if (state === "gone") throw new Error("It is there.");
    double.answer((response) => response.writeHead(200).end(line("key1a", { type: "succeeded", message })));
    const [read] = await double.resultsAt(state.results);
    expect(double.calls.at(-1)?.path).toBe("/v1/messages/batches/msgbatch_1/results");
    expect(read).toMatchObject({
      id: "key1a",
      completion: { text: "Sentiment: positive", usage: { prompt: 21, completion: 6 }, tokens: null },
    });
  });

  it("are errors of their kind, or that nothing was asked", async () => {
    const failed = (type: string) =>
      line("key1a", {
        type: "errored",
        error: { type: "error", error: { type, message: `because ${KEY}` } },
      });
    const lines = [
      line("key1a", { type: "expired" }),
      line("key1a", { type: "canceled" }),
      failed("invalid_request_error"),
      failed("overloaded_error"),
      failed("api_error"),
      failed("rate_limit_error"),
      failed("authentication_error"),
      failed("billing_error"),
      line("key1a", { type: "succeeded", message: { no: "message" } }),
      line("key1a", { type: "something of next year" }),
      "no JSON",
      "{}",
    ];
    double.answer((response) => response.writeHead(200).end(lines.join("\n")));
    const read = await double.resultsAt(["messages/batches/msgbatch_1/results"]);
    const kinds = read.map((one) => ("error" in one ? one.error.kind : "left" in one ? one.left : "answer"));
    expect(kinds).toEqual([
      "expired",
      "cancelled",
      "bad_request",
      "provider_error",
      "provider_error",
      "rate_limited",
      "auth",
      "out_of_credit",
      "provider_error",
    ]);
    expect(JSON.stringify(read.map((one) => "error" in one && one.error.message))).not.toContain(KEY);
  });
});

describe("a batch whose id was not learned", () => {
  const find = (over: { requests?: number; except?: string[] } = {}) =>
    double.batches.find(
      double.place,
      { key: "key1", requests: over.requests ?? 2, since: new Date(), except: new Set(over.except) },
      double.signal,
    );
  function say(batches: unknown[], results: Record<string, string>) {
    double.answer((response, { path }) => {
      const of = /batches\/([^/?]+)\/results/.exec(path)?.[1];
      if (of === undefined) return json(response, { data: batches, has_more: false, last_id: "x" });
      response.writeHead(200).end(line(results[of] ?? "", { type: "expired" }));
    });
  }

  it("is known by the ids of its requests once it has ended", async () => {
    say([ended({ id: "other" }), ended({ id: "ours" })], { other: "key2a", ours: "key1b" });
    expect(await find()).toMatchObject({ id: "ours" });
    say([ended({ id: "other" })], { other: "key2a" });
    expect(await find()).toBe("none");
  });

  it("can't be told from another of its size before that, but for those that are known", async () => {
    say([batch({ id: "one" }), ended({ id: "other" })], { other: "key2a" });
    expect(await find()).toBe("unsure");
    expect(await find({ requests: 3 })).toBe("none");
    expect(await find({ except: ["one"] })).toBe("none");
  });
});
