import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { LlmError } from "../port";
import { type AskedBatches, request, startAskedBatches } from "../testing/ask-batches";
import { KEY } from "../testing/ask-double";
import { completion, json } from "../testing/scripted-provider";

/** The request of platform.openai.com/docs/api-reference/batch/create. */
const createRequest = z.strictObject({
  input_file_id: z.string(),
  endpoint: z.enum(["/v1/chat/completions", "/v1/completions", "/v1/responses"]),
  completion_window: z.literal("24h"),
  metadata: z.record(z.string().max(64), z.string().max(512)),
});
/** A line of platform.openai.com/docs/api-reference/batch/request-input. */
const inputLine = z.strictObject({
  custom_id: z.string(),
  method: z.literal("POST"),
  url: z.string(),
  body: z.looseObject({ model: z.string() }),
});
/** platform.openai.com/docs/api-reference/batch/object */
const batch = (over: Record<string, unknown> = {}) => ({
  id: "batch_1",
  object: "batch",
  endpoint: "/v1/chat/completions",
  errors: null,
  input_file_id: "file-in",
  completion_window: "24h",
  status: "in_progress",
  output_file_id: null,
  error_file_id: null,
  created_at: Math.floor(Date.now() / 1000),
  in_progress_at: null,
  expires_at: null,
  request_counts: { total: 2, completed: 1, failed: 0 },
  metadata: { tandem_batch: "key1" },
  ...over,
});

let double: AskedBatches;
beforeAll(async () => {
  double = await startAskedBatches("openai:chat");
});
beforeEach(() => {
  double.calls.length = 0;
  double.answer((response, { path }) =>
    json(
      response,
      path === "/v1/files" ? { id: "file-in", object: "file" } : batch({ status: "validating" }),
    ),
  );
});
afterAll(() => double.close());

const itemsFor = (provider: string) =>
  ["key1a", "key1b"].map((id) => double.batches.write({ ...double.place, provider }, request(id)));
const submit = (provider = "openai:chat") =>
  double.batches.submit(
    { ...double.place, provider },
    { key: "key1", items: itemsFor(provider) },
    double.signal,
  );
const look = () => double.batches.look(double.place, "batch_1", double.signal);

describe("a batch handed in", () => {
  it("is a file of lines, then a batch with its key, and a key in the header of both", async () => {
    expect(await submit()).toMatchObject({ id: "batch_1", state: "waiting" });
    const [file, created] = double.calls;
    expect(double.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /v1/files",
      "POST /v1/batches",
    ]);
    for (const { headers } of double.calls) expect(headers.authorization).toBe(`Bearer ${KEY}`);
    const text = String(file?.body);
    const boundary = /boundary=(\S+)/.exec(String(file?.headers["content-type"]))?.[1] ?? "";
    expect(text.startsWith(`--${boundary}\r\n`)).toBe(true);
    expect(text.endsWith(`\r\n--${boundary}--\r\n`)).toBe(true);
    expect(text).toMatch(/name="purpose"\r\n\r\nbatch\r\n/);
    expect(text).toMatch(/name="file"; filename="[^"]+\.jsonl"\r\n/);
    const lines = text
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => inputLine.parse(JSON.parse(line)));
    expect(lines.map(({ custom_id }) => custom_id)).toEqual(["key1a", "key1b"]);
    expect(lines[0]).toMatchObject({
      url: "/v1/chat/completions",
      body: { model: "model-1", max_tokens: 7, messages: request("key1a").messages },
    });
    expect(createRequest.parse(created?.body)).toMatchObject({
      input_file_id: "file-in",
      endpoint: "/v1/chat/completions",
      metadata: { tandem_batch: "key1" },
    });
  });

  it.each([
    ["openai:completion", "/v1/completions"],
    ["openai:responses", "/v1/responses"],
  ])("goes by %s to %s", async (provider, endpoint) => {
    await submit(provider);
    expect(double.calls[1]?.body).toMatchObject({ endpoint });
    expect(String(double.calls[0]?.body)).toContain(`"url":"${endpoint}"`);
  });

  it("tells what of a refusal is known: its kind and the wait asked for", async () => {
    double.answer((response) => json(response, { error: { message: "slow" } }, 429, { "retry-after": "3" }));
    await expect(submit()).rejects.toMatchObject({ kind: "rate_limited", retryAfterMs: 3000 });
    double.answer((response) => json(response, { object: "file" }));
    await expect(submit()).rejects.toMatchObject({ kind: "provider_error" });
  });
});

describe("how far it is", () => {
  it.each([
    ["validating", "waiting"],
    ["in_progress", "waiting"],
    ["finalizing", "waiting"],
    ["cancelling", "waiting"],
    ["completed", "ended"],
    ["expired", "ended"],
    ["cancelled", "ended"],
    ["failed", "refused"],
    ["a state of next year", "waiting"],
  ])("%s is %s", async (status, state) => {
    double.answer((response) => json(response, batch({ status })));
    expect(await look()).toMatchObject({ state, done: 1 });
  });

  it("names its files, which are deleted one by one", async () => {
    const files = { output_file_id: "file-out", error_file_id: "file-err" };
    double.answer((response) => json(response, batch({ status: "completed", ...files })));
    const state = await look();
    if (state === "gone") throw new Error("It is there.");
    expect(state.results).toEqual(["files/file-out/content", "files/file-err/content"]);
    double.calls.length = 0;
    await double.batches.remove(double.place, state, double.signal);
    expect(double.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "DELETE /v1/files/file-in",
      "DELETE /v1/files/file-out",
      "DELETE /v1/files/file-err",
    ]);
  });

  it.each([
    ["token_limit_exceeded", "rate_limited"],
    ["model_not_found", "model_refused"],
    ["billing_hard_limit_reached", "out_of_credit"],
    ["invalid_json_line", "bad_request"],
  ])("a refusal by %s is of the kind %s", async (code, kind) => {
    const errors = { object: "list", data: [{ code, message: `because of ${KEY}`, line: 1, param: null }] };
    double.answer((response) => json(response, batch({ status: "failed", errors })));
    const state = await look();
    expect(state).toMatchObject({ state: "refused", error: { kind } });
    expect(JSON.stringify(state === "gone" ? null : state.error?.message)).not.toContain(KEY);
  });

  it("is gone when the provider knows it no more; another failure is one", async () => {
    double.answer((response) => json(response, { error: { message: "No batch found" } }, 404));
    expect(await look()).toBe("gone");
    double.answer((response) => json(response, { error: { message: "down" } }, 503));
    await expect(look()).rejects.toMatchObject({ kind: "provider_error" });
  });

  it("is cancelled by its own path", async () => {
    await double.batches.cancel(double.place, "batch_1", double.signal);
    expect(double.calls[0]).toMatchObject({ method: "POST", path: "/v1/batches/batch_1/cancel" });
  });
});

describe("a batch whose id was not learned", () => {
  const find = (key: string) =>
    double.batches.find(
      double.place,
      { key, requests: 2, since: new Date(), except: new Set() },
      double.signal,
    );

  it("is found by its key on any page of the list", async () => {
    double.answer((response, { path }) =>
      path.includes("after=")
        ? json(response, { object: "list", data: [batch()], has_more: false })
        : json(response, {
            object: "list",
            data: [batch({ id: "batch_9", metadata: null }), batch({ id: "batch_8", metadata: {} })],
            has_more: true,
          }),
    );
    expect(await find("key1")).toMatchObject({ id: "batch_1" });
    expect(double.calls.map(({ path }) => path)).toEqual([
      "/v1/batches?limit=100",
      "/v1/batches?limit=100&after=batch_8",
    ]);
    expect(await find("key2")).toBe("none");
  });

  it("is not looked for among those that are older", async () => {
    const created_at = Math.floor(Date.now() / 1000) - 7200;
    double.answer((response) =>
      json(response, { object: "list", data: [batch({ created_at })], has_more: true }),
    );
    expect(await find("key1")).toBe("none");
    expect(double.calls).toHaveLength(1);
  });
});

describe("its results", () => {
  const line = (over: Record<string, unknown>) =>
    JSON.stringify({ id: "batch_req_1", custom_id: "key1a", response: null, error: null, ...over });

  async function resultsOf(lines: readonly string[]) {
    double.answer((response) => response.writeHead(200).end(lines.join("\n")));
    return double.resultsAt(["files/file-out/content"]);
  }

  it("are the answers of calls, of two files and of any length", async () => {
    const long = "long ".repeat(100_000);
    double.answer((response, { path }) => {
      const said = path.includes("file-out") ? long : "Sentiment: negative";
      const body = line({ response: { status_code: 200, request_id: "r", body: completion(said) } });
      for (const part of body.match(/.{1,10000}/gsu) ?? []) response.write(part);
      response.end("\n\n");
    });
    const read = await double.resultsAt(["files/file-out/content", "files/file-err/content"]);
    expect(read).toMatchObject([
      { id: "key1a", completion: { text: long, usage: { prompt: 11, completion: 4 } } },
      { id: "key1a", completion: { text: "Sentiment: negative" } },
    ]);
  });

  it("are errors of their kind, or that nothing was asked; what is none is left out", async () => {
    const body = { error: { message: "too long", code: "context_length_exceeded" } };
    const read = await resultsOf([
      line({ error: { code: "batch_expired", message: "expired" } }),
      line({ error: { code: "batch_cancelled", message: "cancelled" } }),
      line({ error: { code: "request_timeout", message: "slow" } }),
      line({ response: { status_code: 400, body } }),
      line({ response: { status_code: 500, body: { error: { message: `oops ${KEY}` } } } }),
      line({ response: { status_code: 200, body: { no: "completion" } } }),
      line({}),
      "",
      "no JSON",
      '{"custom_id":7}',
      "[]",
      "null",
    ]);
    const kinds = read.map((one) => ("error" in one ? one.error.kind : "left" in one ? one.left : "answer"));
    expect(kinds).toEqual([
      "expired",
      "cancelled",
      "timeout",
      "bad_request",
      "provider_error",
      "provider_error",
      "provider_error",
    ]);
    expect(JSON.stringify(read.map((one) => "error" in one && one.error.message))).not.toContain(KEY);
  });

  it("that are cut off or not given fail", async () => {
    double.answer((response) => {
      response.writeHead(200, { "content-length": "5000" });
      response.write(`${line({ error: { code: "batch_expired", message: "" } })}\n{"cust`, () =>
        response.destroy(),
      );
    });
    await expect(double.resultsAt(["files/file-out/content"])).rejects.toBeInstanceOf(LlmError);
    double.answer((response) => json(response, { error: { message: "down" } }, 500));
    await expect(double.resultsAt(["files/file-out/content"])).rejects.toMatchObject({
      kind: "provider_error",
    });
    double.answer((response) => void response.writeHead(200).write("\n"));
    await expect(double.resultsAt(["files/file-out/content"])).rejects.toMatchObject({ kind: "timeout" });
  });
});
