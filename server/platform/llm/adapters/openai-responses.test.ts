import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { realInput } from "@/server/testing/real-inputs";
import { type AskedDouble, KEY, startAskedDouble } from "../testing/ask-double";

/** The request of platform.openai.com/docs/api-reference/responses/create, as far as labelling needs it. */
const responsesRequest = z.strictObject({
  model: z.string(),
  input: z.array(z.strictObject({ role: z.literal("user"), content: z.string() })).min(1),
  instructions: z.string().optional(),
  store: z.boolean().optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().optional(),
  max_output_tokens: z.int().min(16).optional(),
  top_logprobs: z.int().min(0).max(20).optional(),
  include: z.array(z.literal("message.output_text.logprobs")).optional(),
  reasoning: z.strictObject({ effort: z.string() }).optional(),
  text: z
    .strictObject({
      format: z.strictObject({
        type: z.literal("json_schema"),
        name: z.string().regex(/^[\w-]{1,64}$/),
        strict: z.boolean(),
        schema: z.looseObject({}),
      }),
    })
    .optional(),
  service_tier: z.string().optional(),
});
const refusal = (message: string, param: string | null = null, code: string | null = null) => ({
  error: { message, type: "invalid_request_error", param, code },
});
const outputText = (text: string, logprobs: unknown = []) => ({
  id: "msg_1",
  type: "message",
  status: "completed",
  role: "assistant",
  content: [{ type: "output_text", annotations: [], logprobs, text }],
});
const response = (over: Record<string, unknown> = {}) => ({
  id: "resp_1",
  object: "response",
  status: "completed",
  error: null,
  incomplete_details: null,
  model: "gpt-4o-mini-2024-07-18",
  output: [outputText("positive")],
  usage: {
    input_tokens: 30,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 2,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 32,
  },
  ...over,
});

let double: AskedDouble;
beforeAll(async () => {
  double = await startAskedDouble({
    provider: "openai:responses",
    root: "/v1",
    body: responsesRequest,
    refuse: refusal,
  });
});
beforeEach(() => {
  double.calls.length = 0;
  double.say(response());
});
afterAll(() => double.close());

describe("a request to responses", () => {
  it("has instructions and input items, and nothing is kept at the provider", async () => {
    await double.ask();
    const [sent] = double.calls;
    expect(sent?.path).toBe("/v1/responses");
    expect(sent?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(sent?.body).toEqual({
      model: "model-1",
      store: false,
      instructions: "You label texts.",
      input: [{ role: "user", content: "Label: $1 {} 'quotes'\n🙂" }],
    });
  });

  it("gives parameters their names there and keeps unknown ones", async () => {
    const schema = { type: "object", properties: {} };
    await double.ask({
      parameters: {
        model: "m",
        temperature: 0,
        max_tokens: 16,
        reasoning_effort: "low",
        logprobs: true,
        top_logprobs: 20,
        answer_schema: { name: "labels", schema },
        service_tier: "flex",
      },
    });
    expect(double.calls[0]?.body).toMatchObject({
      temperature: 0,
      max_output_tokens: 16,
      reasoning: { effort: "low" },
      top_logprobs: 20,
      include: ["message.output_text.logprobs"],
      text: { format: { type: "json_schema", name: "labels", strict: true, schema } },
      service_tier: "flex",
    });
  });
});

describe("what a response says", () => {
  it("is the text of its messages, tokens with alternatives, usage, its model", async () => {
    const logprobs = [
      {
        token: "positive",
        bytes: [112],
        logprob: -0.1,
        top_logprobs: [{ token: "neg", bytes: [110], logprob: -2.5 }],
      },
    ];
    const reasoning = { id: "rs_1", type: "reasoning", summary: [] };
    double.say(response({ output: [reasoning, outputText("positive", logprobs)] }));
    expect(await double.ask()).toMatchObject({
      text: "positive",
      tokens: [{ token: "positive", logprob: -0.1, bytes: [112], top: [{ token: "neg", logprob: -2.5 }] }],
      finishReason: "stop",
      refusal: null,
      usage: { prompt: 30, completion: 2 },
      servedModel: "gpt-4o-mini-2024-07-18",
    });
  });

  it("has no tokens without log-probabilities, and no usage where none is told", async () => {
    double.say(response({ usage: null }));
    expect(await double.ask()).toMatchObject({ text: "positive", tokens: null, usage: null });
  });

  it.each([
    ["max_output_tokens", "length"],
    ["content_filter", "content_filter"],
  ])("an incomplete one (%s) ends by %s", async (reason, finishReason) => {
    double.say(
      response({ status: "incomplete", incomplete_details: { reason }, output: [outputText("po")] }),
    );
    expect(await double.ask()).toMatchObject({ text: "po", finishReason });
  });

  it("a refusal and the call of a tool are answers without text", async () => {
    const content = [{ type: "refusal", refusal: "I can't help with that." }];
    double.say(response({ output: [{ ...outputText(""), content }] }));
    expect(await double.ask()).toMatchObject({ text: "", refusal: "I can't help with that." });
    double.say(response({ output: [{ type: "function_call", name: "f", arguments: "{}", call_id: "c" }] }));
    expect(await double.ask()).toMatchObject({ text: "", refusal: null, finishReason: "tool_calls" });
  });
});

describe("errors", () => {
  it.each([
    [401, refusal("Incorrect API key provided", null, "invalid_api_key"), "auth"],
    [404, refusal("The model `x` does not exist", "model", "model_not_found"), "model_refused"],
    [429, refusal("You exceeded your quota", null, "insufficient_quota"), "out_of_credit"],
    [429, refusal("Rate limit reached", null, "rate_limit_exceeded"), "rate_limited"],
    [503, refusal("Slow down"), "provider_error"],
  ])("%i with %j is %s", async (status, body, kind) => {
    double.say(body, status);
    await expect(double.ask()).rejects.toMatchObject({ kind, status });
  });

  it.each([
    [
      400,
      refusal("Unsupported parameter: 'temperature' is not supported with this model.", "temperature"),
      "temperature",
    ],
    [400, refusal("logprobs are not supported with reasoning models.", "include"), "logprobs"],
    [400, refusal("Invalid schema for response_format 'labels'", "text.format.schema"), "answer_schema"],
    [403, refusal("You are not allowed to request logprobs from this model"), "logprobs"],
  ])("%i with %j tells the parameter", async (status, body, parameter) => {
    double.say(body, status);
    await expect(double.ask()).rejects.toMatchObject({ kind: "bad_request", details: { parameter } });
  });

  it.each([
    ["server_error", "provider_error"],
    ["rate_limit_exceeded", "rate_limited"],
  ])("a response that failed with %s is %s", async (code, kind) => {
    double.say(response({ status: "failed", error: { code, message: "…" }, output: [] }));
    await expect(double.ask()).rejects.toMatchObject({ kind });
  });

  it.each([[{}], [null], [refusal("oops")]])("%j with status 200 is no answer", async (body) => {
    double.say(body);
    await expect(double.ask()).rejects.toMatchObject({ kind: "provider_error" });
  });
});

const recorded = realInput("openai-wire/pydantic-ai");
describe.skipIf(recorded.missing)(recorded.missing ? recorded.reason : "a recorded exchange", () => {
  it("is read as it came: what each token was worth", async () => {
    const file = "test_openai_instructions_with_responses_logprobs.yaml";
    const recording = readFileSync(path.join(recorded.path, file), "utf8");
    // The recording is YAML; its tokens are a list of `bytes`, `logprob`, `token`, `top_logprobs`.
    const logprobs = [...recording.matchAll(/^ +logprob: (-?[\d.e-]+)\n +token: (.+)$/gm)].map(
      ([, logprob, token]) => ({
        token: String(token).replace(/^(['"])(.*)\1$/, "$2"),
        // JSON knows no −0.
        logprob: Number(logprob) || 0,
        bytes: null,
        top_logprobs: [],
      }),
    );
    expect(logprobs.length).toBeGreaterThan(3);
    const text = logprobs.map(({ token }) => token).join("");
    double.say(response({ output: [outputText(text, logprobs)] }));
    const answer = await double.ask();
    expect(answer.tokens?.map(({ logprob }) => logprob)).toEqual(logprobs.map(({ logprob }) => logprob));
    expect(recording).toContain(`text: ${text}`);
  });
});
