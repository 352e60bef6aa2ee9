import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "@/server/testing/wait-for";
import { type BuiltinModel, offerBuiltinModel, withdrawBuiltinModel } from "../builtin";
import { createLlm } from "../create-llm";
import type { LlmRequest } from "../port";
import { completion, json, type ScriptedProvider, startScriptedProvider } from "../testing/scripted-provider";
import { openaiChat } from "./openai-chat";

/** By platform.openai.com/docs/api-reference/chat/create, whose form vLLM, llama.cpp, Ollama and Azure share. */
let provider: ScriptedProvider;
let stranger: ScriptedProvider;
const never = new AbortController().signal;

beforeAll(async () => {
  [provider, stranger] = await Promise.all([startScriptedProvider(), startScriptedProvider()]);
});
afterEach(() => {
  provider.calls.length = 0;
  stranger.calls.length = 0;
  provider.answer((response) => json(response, completion()));
});
afterAll(() => Promise.all([provider.close(), stranger.close()]));

const llm = (allowedHosts: string[] = []) =>
  createLlm(
    {
      openai: { apiKey: "sk-server-key-1234567890", baseUrl: provider.baseUrl, organization: "org-1" },
      allowedHosts,
      trustedOrigins: [provider.origin],
    },
    async (host) => [{ address: host === "public.example" ? "127.0.0.1" : host, family: 4 }],
  );

const request = (over: Partial<LlmRequest> = {}): LlmRequest => ({
  provider: "openai:chat",
  baseUrl: null,
  apiKey: null,
  messages: [{ role: "user", content: "Label: $1 {} 'quotes'\n🙂" }],
  parameters: { model: "gpt-test", temperature: 0, logprobs: true, top_logprobs: 5 },
  timeoutMs: 5_000,
  ...over,
});
const call = (over: Partial<LlmRequest> = {}, allowed: string[] = []) =>
  llm(allowed).complete(request(over), never);

describe("what is sent", () => {
  it("is the messages and parameters as given, with the server's key and organization", async () => {
    await call();
    expect(provider.calls).toHaveLength(1);
    const [sent] = provider.calls;
    expect(sent?.path).toBe("/v1/chat/completions");
    expect(sent?.body).toEqual({
      model: "gpt-test",
      temperature: 0,
      logprobs: true,
      top_logprobs: 5,
      messages: [{ role: "user", content: "Label: $1 {} 'quotes'\n🙂" }],
    });
    expect(sent?.headers).toMatchObject({
      authorization: "Bearer sk-server-key-1234567890",
      "openai-organization": "org-1",
    });
  });

  it("carries a job's own key instead, without the server's organization", async () => {
    await call({ apiKey: "sk-of-the-job" });
    expect(provider.calls[0]?.headers.authorization).toBe("Bearer sk-of-the-job");
    expect(provider.calls[0]?.headers["openai-organization"]).toBeUndefined();
  });

  it("never carries the server's key to another origin", async () => {
    await call({ baseUrl: stranger.baseUrl }, ["127.0.0.1:*"]);
    expect(stranger.calls).toHaveLength(1);
    expect(stranger.calls[0]?.headers.authorization).toBeUndefined();
    expect(JSON.stringify(stranger.calls[0]?.headers)).not.toMatch(/sk-server|org-1/);
  });

  it("goes nowhere when OpenAI is meant and no key is known", async () => {
    const keyless = createLlm({
      openai: { apiKey: undefined, baseUrl: undefined, organization: undefined },
      allowedHosts: [],
      trustedOrigins: [],
    });
    await expect(keyless.complete(request(), never)).rejects.toMatchObject({
      kind: "auth",
      message: expect.stringContaining("OPENAI_API_KEY"),
    });
  });

  it("uses kept connections again", async () => {
    const before = provider.connections;
    for (let turn = 0; turn < 5; turn++) await call();
    expect(provider.connections - before).toBeLessThanOrEqual(1);
  });
});

describe("what differs between servers of the same form", () => {
  const write = (parameters: Record<string, unknown>, own: boolean) =>
    openaiChat.write({ parameters: { model: "m", ...parameters }, messages: [] }, { own }).body;

  it("is the name of the limit: OpenAI's newer models refuse the one that others know", () => {
    expect(write({ max_tokens: 5 }, true)).toEqual({ model: "m", max_completion_tokens: 5, messages: [] });
    expect(write({ max_tokens: 5 }, false)).toEqual({ model: "m", max_tokens: 5, messages: [] });
    expect(write({ max_completion_tokens: 5 }, true)).toMatchObject({ max_completion_tokens: 5 });
    expect(write({ max_completion_tokens: 5 }, false)).toMatchObject({ max_completion_tokens: 5 });
  });

  it("is not the form of an answer", async () => {
    const schema = { type: "object", properties: {}, required: [], additionalProperties: false };
    await call({ parameters: { model: "m", answer_schema: { name: "labels", schema } } });
    expect(provider.calls[0]?.body).toMatchObject({
      response_format: { type: "json_schema", json_schema: { name: "labels", strict: true, schema } },
    });
    expect(provider.calls[0]?.body).not.toHaveProperty("answer_schema");
  });

  it("is the address: Azure's ends in /openai/v1 and takes the key as OpenAI does", async () => {
    await call({ baseUrl: `${provider.origin}/openai/v1/`, apiKey: "azure-key" });
    expect(provider.calls[0]).toMatchObject({
      path: "/openai/v1/chat/completions",
      headers: { authorization: "Bearer azure-key" },
    });
  });

  it("marks a probe, and nothing else", async () => {
    await call({ probe: true });
    await call();
    expect(provider.calls.map(({ headers }) => headers["x-tandem-probe"])).toEqual(["1", undefined]);
  });
});

describe("the built-in model", () => {
  afterEach(withdrawBuiltinModel);
  const offer = (model: Pick<BuiltinModel, "baseUrl" | "apiKey">) =>
    offerBuiltinModel({ close: async () => undefined, ...model });

  it("is found at the time of the call and opened with its own key", async () => {
    await expect(call({ baseUrl: "builtin" })).rejects.toMatchObject({ kind: "connection" });
    offer({ baseUrl: stranger.baseUrl, apiKey: "builtin-key" });
    await call({ baseUrl: "builtin", apiKey: "sk-of-the-job" });
    expect(stranger.calls[0]?.headers.authorization).toBe("Bearer builtin-key");
  });

  it("makes no loopback address reachable, its own neither", async () => {
    offer({ baseUrl: stranger.baseUrl, apiKey: "builtin-key" });
    await expect(call({ baseUrl: stranger.baseUrl })).rejects.toMatchObject({ kind: "forbidden_address" });
    expect(stranger.calls).toHaveLength(0);
  });
});

describe("private addresses", () => {
  it.each(["http://127.0.0.1:PORT/v1", "http://public.example:PORT/v1", "http://169.254.169.254/v1"])(
    "%s is not called",
    async (address) => {
      const baseUrl = address.replace("PORT", new URL(stranger.origin).port);
      await expect(call({ baseUrl, apiKey: "k" })).rejects.toMatchObject({ kind: "forbidden_address" });
      expect(stranger.calls).toHaveLength(0);
    },
  );

  it("are not reached by a redirect either", async () => {
    provider.answer((response) =>
      response.writeHead(307, { location: `${stranger.baseUrl}/chat/completions` }).end(),
    );
    await expect(call()).rejects.toMatchObject({ kind: "forbidden_address" });
    expect(stranger.calls).toHaveLength(0);
  });

  it("a redirect elsewhere is not followed and says what to do", async () => {
    provider.answer((response) => response.writeHead(302, { location: "https://1.1.1.1/v1" }).end());
    await expect(call()).rejects.toMatchObject({
      kind: "bad_request",
      message: expect.stringContaining("not followed"),
    });
  });
});

describe("what comes back", () => {
  it("is text, tokens with alternatives, usage, the served model", async () => {
    const logprobs = {
      content: [
        {
          token: "pos",
          logprob: -0.1,
          bytes: [112, 111, 115],
          top_logprobs: [{ token: "neg", logprob: -2.5, bytes: null }],
        },
      ],
    };
    provider.answer((response) => json(response, completion("pos", { logprobs })));
    expect(await call()).toMatchObject({
      text: "pos",
      tokens: [
        {
          token: "pos",
          logprob: -0.1,
          bytes: [112, 111, 115],
          top: [{ token: "neg", logprob: -2.5, bytes: null }],
        },
      ],
      finishReason: "stop",
      refusal: null,
      usage: { prompt: 11, completion: 4 },
      servedModel: "gpt-test-0125",
      latencyMs: expect.any(Number),
    });
  });

  it.each([
    ["no log-probabilities", undefined],
    ["log-probabilities of another form", { tokens: ["pos"], token_logprobs: [-0.1] }],
    ["log-probabilities that are rubbish", "yes"],
  ])("has no tokens with %s", async (_name, logprobs) => {
    provider.answer((response) => json(response, completion("pos", { logprobs })));
    expect(await call()).toMatchObject({ text: "pos", tokens: null });
  });

  it.each([undefined, null, { total_tokens: 3 }])("has no usage when the provider says %j", async (usage) => {
    provider.answer((response) => json(response, completion("pos", { usage })));
    expect(await call()).toMatchObject({ text: "pos", usage: null });
  });

  it("keeps a refusal, an empty answer and a cut one as answers", async () => {
    provider.answer((response) => json(response, completion(null, { refusal: "I can't help with that." })));
    expect(await call()).toMatchObject({ text: "", refusal: "I can't help with that." });
    provider.answer((response) => json(response, completion("", { finish: "length" })));
    expect(await call()).toMatchObject({ text: "", refusal: null, finishReason: "length" });
  });

  it("has no text where a tool was called or a filter cut it", async () => {
    const toolCall = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
    provider.answer((response) =>
      json(response, {
        choices: [
          {
            message: { role: "assistant", content: null, tool_calls: [toolCall] },
            finish_reason: "tool_calls",
          },
        ],
      }),
    );
    expect(await call()).toMatchObject({ text: "", refusal: null, finishReason: "tool_calls" });
    provider.answer((response) => json(response, completion("", { finish: "content_filter" })));
    expect(await call()).toMatchObject({ text: "", finishReason: "content_filter" });
  });

  it("holds the limits of its headers, or none", async () => {
    provider.answer((response) =>
      json(response, completion(), 200, {
        "x-ratelimit-limit-requests": "500",
        "x-ratelimit-remaining-requests": "499",
        "x-ratelimit-reset-requests": "120ms",
        "x-ratelimit-remaining-tokens": "29000",
        "x-ratelimit-reset-tokens": "6m1.5s",
      }),
    );
    expect((await call()).rate).toEqual({
      limitRequests: 500,
      remainingRequests: 499,
      resetMs: 120,
      limitTokens: null,
      remainingTokens: 29_000,
      tokensResetMs: 361_500,
    });
    provider.answer((response) => json(response, completion()));
    expect((await call()).rate).toBeNull();
  });

  it("joins an answer given in parts", async () => {
    provider.answer((response) =>
      json(response, {
        choices: [
          {
            message: {
              content: [
                { type: "text", text: "po" },
                { type: "text", text: "s" },
              ],
            },
          },
        ],
      }),
    );
    expect(await call()).toMatchObject({ text: "pos", servedModel: null, finishReason: null });
  });
});

describe("failures", () => {
  const failWith = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    provider.answer((response) => json(response, body, status, headers));
  const error = (message: string, code: string | null = null) => ({ error: { message, code, type: "x" } });

  it.each([
    [401, error("Incorrect API key", "invalid_api_key"), "auth"],
    [403, error("Forbidden"), "auth"],
    [403, error("Project has no access to model", "model_not_found"), "model_refused"],
    [404, error("The model `x` does not exist", "model_not_found"), "model_refused"],
    [404, { object: "error", message: "The model `x` does not exist.", code: 404 }, "model_refused"],
    [404, { error: "model 'x' not found, try pulling it first" }, "model_refused"],
    [404, error("Not found"), "bad_request"],
    [400, error("Unsupported parameter: 'max_tokens'", "unsupported_parameter"), "bad_request"],
    [400, error("filtered", "content_filter"), "bad_request"],
    [402, error("Insufficient credits"), "out_of_credit"],
    [429, error("You exceeded your quota", "insufficient_quota"), "out_of_credit"],
    [429, error("Rate limit", "rate_limit_exceeded"), "rate_limited"],
    [408, error("timeout"), "timeout"],
    [409, error("conflict"), "provider_error"],
    [500, error("oops"), "provider_error"],
    [529, error("overloaded"), "provider_error"],
  ])("status %i with %j is %s", async (status, body, kind) => {
    failWith(status, body);
    await expect(call()).rejects.toMatchObject({ name: "LlmError", kind, status });
    expect(provider.calls, "one try").toHaveLength(1);
  });

  const about = (message: string, param: string | null = null) => ({ error: { message, param, code: null } });
  it.each([
    [400, about("Unsupported value: 'temperature' does not support 0", "temperature"), "temperature"],
    [
      400,
      about("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", "max_tokens"),
      "max_tokens",
    ],
    [
      400,
      about("Unsupported value: 'messages[0].role' does not support 'system'", "messages[0].role"),
      "system",
    ],
    [400, about("Invalid value for 'top_logprobs': must be at most 5", "top_logprobs"), "top_logprobs"],
    [400, about("Requested sample logprobs of 20, which is greater than max allowed: 5"), "top_logprobs"],
    [400, about("System role not supported"), "system"],
    [403, about("You are not allowed to request logprobs from this model"), "logprobs"],
    [400, about("The prompt is empty."), null],
  ])("status %i with %j is about a parameter", async (status, body, parameter) => {
    failWith(status, body);
    await expect(call()).rejects.toMatchObject({ kind: "bad_request", details: { parameter } });
  });

  it("a refusal for the rate tells the limits too", async () => {
    failWith(429, error("slow down"), {
      "x-ratelimit-limit-requests": "3",
      "x-ratelimit-remaining-requests": "0",
    });
    await expect(call()).rejects.toMatchObject({
      details: { rate: { limitRequests: 3, remainingRequests: 0 } },
    });
  });

  it.each([
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after-ms": "120", "retry-after": "7" }, 120],
    [{ "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }, 0],
    [{ "retry-after": "soon" }, null],
    [{}, null],
  ])("429 with %j asks to wait %j ms", async (headers, retryAfterMs) => {
    failWith(429, error("slow down"), { ...headers });
    await expect(call()).rejects.toMatchObject({ kind: "rate_limited", retryAfterMs });
  });

  it("a date in Retry-After is a time to wait", async () => {
    failWith(503, error("down"), { "retry-after": new Date(Date.now() + 30_000).toUTCString() });
    const failure = await call().catch((caught: unknown) => caught);
    expect(failure).toMatchObject({ kind: "provider_error" });
    expect(failure).toHaveProperty("retryAfterMs", expect.closeTo(30_000, -4));
  });

  it("never shows a key that the provider repeats", async () => {
    failWith(401, error("Incorrect API key provided: sk-server-key-1234567890 (sk-serv*****7890)"));
    const failure = await call().catch((caught: unknown) => caught);
    expect(String(failure)).toContain("Incorrect API key provided");
    expect(String(failure)).not.toMatch(/sk-serv|7890/);
  });

  it.each([
    ["an HTML page with status 200", "<html>gateway</html>"],
    ["half a JSON body", '{"choices":[{"mess'],
    ["no choices", '{"choices":[]}'],
    ["JSON null", "null"],
    ["an empty body", ""],
  ])("%s is no answer", async (_name, body) => {
    provider.answer((response) => response.writeHead(200, { "content-type": "application/json" }).end(body));
    await expect(call()).rejects.toMatchObject({ kind: "provider_error" });
  });

  it("an error inside a body of status 200 counts by its own code", async () => {
    failWith(200, { error: { code: 429, message: "rate-limited upstream" } });
    await expect(call()).rejects.toMatchObject({ kind: "rate_limited", status: 429 });
    failWith(200, { error: { code: "oops", message: "?" } });
    await expect(call()).rejects.toMatchObject({ kind: "provider_error" });
  });

  it("a dropped connection is a connection error", async () => {
    provider.answer((response) => response.destroy());
    await expect(call()).rejects.toMatchObject({ kind: "connection" });
    provider.answer((response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"choices"', () => response.destroy());
    });
    await expect(call()).rejects.toMatchObject({ kind: "connection" });
  });

  it("nothing listening says so with the host", async () => {
    const gone = await startScriptedProvider();
    await gone.close();
    await expect(call({ baseUrl: gone.baseUrl }, ["127.0.0.1:*"])).rejects.toMatchObject({
      kind: "connection",
      message: `Nothing answers at ${new URL(gone.origin).host}.`,
    });
  });

  it("a silent provider and one that drips without end are given up in time", async () => {
    provider.answer(() => undefined);
    await expect(call({ timeoutMs: 60 })).rejects.toMatchObject({ kind: "timeout" });
    provider.answer((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const drip = setInterval(() => response.write(" "), 10);
      response.on("close", () => clearInterval(drip));
    });
    await expect(call({ timeoutMs: 120 })).rejects.toMatchObject({ kind: "timeout" });
  });

  it("an unknown provider is refused without a call", async () => {
    await expect(call({ provider: "openai:telepathy" })).rejects.toMatchObject({ kind: "bad_request" });
    expect(provider.calls).toHaveLength(0);
  });
});

describe("stopping", () => {
  it("ends a call in flight with the signal's reason", async () => {
    let closed = false;
    provider.answer((response) => response.on("close", () => (closed = true)));
    const stop = new AbortController();
    const running = llm().complete(request(), stop.signal);
    running.catch(() => undefined);
    await waitFor("the call", () => provider.calls.length === 1);
    stop.abort(new Error("paused"));
    await expect(running).rejects.toThrow("paused");
    await waitFor("the provider to see it", () => closed);
  });

  it("starts no call when it was asked to stop before", async () => {
    await expect(llm().complete(request(), AbortSignal.abort(new Error("paused")))).rejects.toThrow("paused");
    expect(provider.calls).toHaveLength(0);
  });
});
