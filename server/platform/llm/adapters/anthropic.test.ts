import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type AskedDouble, KEY, startAskedDouble } from "../testing/ask-double";

/** The request of docs.claude.com/en/api/messages, as far as labelling needs it. */
const messagesRequest = z.strictObject({
  model: z.string(),
  max_tokens: z.int().min(1),
  messages: z.array(z.strictObject({ role: z.literal("user"), content: z.string().min(1) })).min(1),
  system: z.string().optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().optional(),
  top_k: z.int().optional(),
  stop_sequences: z.array(z.string()).optional(),
  metadata: z.strictObject({ user_id: z.string() }).optional(),
  output_config: z
    .strictObject({
      effort: z.string().optional(),
      format: z.strictObject({ type: z.literal("json_schema"), schema: z.looseObject({}) }).optional(),
    })
    .optional(),
});
const refusal = (type: string, message: string) => ({
  type: "error",
  error: { type, message },
  request_id: "req_1",
});
const message = (over: Record<string, unknown> = {}) => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-test-20250929",
  content: [{ type: "text", text: "Sentiment: positive" }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 21, output_tokens: 6, cache_creation_input_tokens: 3, cache_read_input_tokens: 4 },
  ...over,
});

let double: AskedDouble;
beforeAll(async () => {
  double = await startAskedDouble({
    provider: "anthropic",
    root: "/v1",
    body: messagesRequest,
    refuse: (text) => refusal("invalid_request_error", text),
  });
});
beforeEach(() => {
  double.calls.length = 0;
  double.say(message());
});
afterAll(() => double.close());

describe("a request to the messages API", () => {
  it("has the system text apart, a limit, the version, and the key in its header", async () => {
    await double.ask();
    const [sent] = double.calls;
    expect(sent?.path).toBe("/v1/messages");
    expect(sent?.headers).toMatchObject({ "x-api-key": KEY, "anthropic-version": "2023-06-01" });
    expect(sent?.headers.authorization).toBeUndefined();
    expect(sent?.body).toEqual({
      model: "model-1",
      max_tokens: 1024,
      system: "You label texts.",
      messages: [{ role: "user", content: "Label: $1 {} 'quotes'\n🙂" }],
    });
  });

  it("gives parameters their names there, keeps unknown ones, and asks for no log-probabilities", async () => {
    const schema = { type: "object", properties: {} };
    await double.ask({
      parameters: {
        model: "m",
        temperature: 1,
        top_p: 0.5,
        top_k: 3,
        max_tokens: 7,
        stop: "END",
        reasoning_effort: "low",
        logprobs: true,
        top_logprobs: 20,
        answer_schema: { name: "labels", schema },
        metadata: { user_id: "team" },
      },
    });
    expect(double.calls[0]?.body).toMatchObject({
      temperature: 1,
      top_p: 0.5,
      top_k: 3,
      max_tokens: 7,
      stop_sequences: ["END"],
      output_config: { effort: "low", format: { type: "json_schema", schema } },
      metadata: { user_id: "team" },
    });
    expect(JSON.stringify(double.calls[0]?.body)).not.toContain("logprobs");
  });
});

describe("what a message says", () => {
  it("is its text, its tokens with those of the cache, its model; without log-probabilities", async () => {
    expect(await double.ask()).toMatchObject({
      text: "Sentiment: positive",
      tokens: null,
      finishReason: "stop",
      refusal: null,
      usage: { prompt: 28, completion: 6 },
      servedModel: "claude-test-20250929",
      rate: null,
    });
  });

  it.each([
    ["max_tokens", "length"],
    ["model_context_window_exceeded", "length"],
    ["stop_sequence", "stop"],
    ["tool_use", "tool_calls"],
    ["pause_turn", "pause_turn"],
  ])("stop_reason %s is %s", async (stop_reason, finishReason) => {
    double.say(message({ stop_reason }));
    expect(await double.ask()).toMatchObject({ finishReason, refusal: null });
  });

  it("a refusal is an answer without text", async () => {
    double.say(message({ stop_reason: "refusal", content: [{ type: "text", text: "I can't" }] }));
    expect(await double.ask()).toMatchObject({
      text: "",
      refusal: "I can't",
      finishReason: "content_filter",
    });
    double.say(message({ stop_reason: "refusal", content: [] }));
    expect(await double.ask()).toMatchObject({ text: "", refusal: expect.stringContaining("refused") });
  });

  it("leaves out what it thought, and counts nothing that was not told", async () => {
    const content = [
      { type: "thinking", thinking: "Positive or negative?", signature: "s" },
      { type: "text", text: "pos" },
    ];
    double.say(message({ content, usage: undefined }));
    expect(await double.ask()).toMatchObject({ text: "pos", usage: null });
  });

  it("holds the limits of its headers", async () => {
    const reset = new Date(Date.now() + 60_000).toISOString();
    double.say(message(), 200, {
      "anthropic-ratelimit-requests-limit": "50",
      "anthropic-ratelimit-requests-remaining": "49",
      "anthropic-ratelimit-requests-reset": reset,
      "anthropic-ratelimit-tokens-remaining": "1000",
    });
    expect((await double.ask()).rate).toMatchObject({
      limitRequests: 50,
      remainingRequests: 49,
      resetMs: expect.closeTo(60_000, -4),
      limitTokens: null,
      remainingTokens: 1000,
    });
  });
});

describe("errors", () => {
  it.each([
    [401, "authentication_error", "invalid x-api-key", "auth"],
    [403, "permission_error", "Your API key does not have permission", "auth"],
    [404, "not_found_error", "model: claude-9", "model_refused"],
    [
      400,
      "invalid_request_error",
      "Your credit balance is too low to access the Anthropic API.",
      "out_of_credit",
    ],
    [402, "billing_error", "There is an issue with your billing", "out_of_credit"],
    [413, "request_too_large", "Request exceeds the maximum size", "bad_request"],
    [429, "rate_limit_error", "This request would exceed your rate limit", "rate_limited"],
    [500, "api_error", "Internal server error", "provider_error"],
    [529, "overloaded_error", "Overloaded", "provider_error"],
  ])("%i %s (%s) is %s", async (status, type, text, kind) => {
    double.say(refusal(type, text), status, { "retry-after": "3" });
    await expect(double.ask()).rejects.toMatchObject({ kind, status, retryAfterMs: 3000 });
  });

  it.each([
    ["`temperature` is deprecated for this model.", "temperature"],
    ["top_k: Extra inputs are not permitted", "top_k"],
    ["output_config.format: this model does not support structured outputs", "answer_schema"],
    ["messages: roles must alternate", null],
  ])("%s tells the parameter", async (text, parameter) => {
    double.say(refusal("invalid_request_error", text), 400);
    await expect(double.ask()).rejects.toMatchObject({ kind: "bad_request", details: { parameter } });
  });

  it.each([[{}], [refusal("overloaded_error", "Overloaded")], [null]])(
    "%j with status 200 is no answer",
    async (body) => {
      double.say(body);
      await expect(double.ask()).rejects.toMatchObject({ kind: "provider_error" });
    },
  );
});
