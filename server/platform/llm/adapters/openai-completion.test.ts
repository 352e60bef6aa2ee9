import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type AskedDouble, KEY, startAskedDouble } from "../testing/ask-double";

/** The request of platform.openai.com/docs/api-reference/completions (legacy), as far as labelling needs it. */
const completionRequest = z.strictObject({
  model: z.string(),
  prompt: z.string().min(1),
  max_tokens: z.int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().optional(),
  /** Of servers that speak like it. */
  top_k: z.int().optional(),
  seed: z.int().optional(),
  presence_penalty: z.number().optional(),
  frequency_penalty: z.number().optional(),
  stop: z.array(z.string()).max(4).optional(),
  logprobs: z.int().min(0).max(5).optional(),
  user: z.string().optional(),
});
const refusal = (message: string, param: string | null = null) => ({
  error: { message, type: "invalid_request_error", param, code: null },
});
const completion = (choice: Record<string, unknown> = {}, over: Record<string, unknown> = {}) => ({
  id: "cmpl-1",
  object: "text_completion",
  created: 0,
  model: "gpt-3.5-turbo-instruct:20230824-v2",
  choices: [{ text: "\n\npositive", index: 0, logprobs: null, finish_reason: "stop", ...choice }],
  usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
  ...over,
});

let double: AskedDouble;
beforeAll(async () => {
  double = await startAskedDouble({
    provider: "openai:completion",
    root: "/v1",
    body: completionRequest,
    refuse: refusal,
  });
});
beforeEach(() => {
  double.calls.length = 0;
  double.say(completion());
});
afterAll(() => double.close());

describe("a request to completions", () => {
  it("has one text, the system's first, and a limit that does not cut an answer", async () => {
    await double.ask();
    const [sent] = double.calls;
    expect(sent?.path).toBe("/v1/completions");
    expect(sent?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(sent?.body).toEqual({
      model: "model-1",
      prompt: "You label texts.\n\nLabel: $1 {} 'quotes'\n🙂",
      max_tokens: 256,
    });
  });

  it("asks for as many alternatives as the API gives and drops what it has no word for", async () => {
    await double.ask({
      parameters: {
        model: "m",
        temperature: 0,
        seed: 4,
        max_tokens: 5,
        stop: "\n",
        logprobs: true,
        top_logprobs: 20,
        answer_schema: { name: "labels", schema: {} },
        user: "team",
      },
    });
    expect(double.calls[0]?.body).toMatchObject({
      temperature: 0,
      seed: 4,
      max_tokens: 5,
      stop: ["\n"],
      logprobs: 5,
      user: "team",
    });
  });
});

describe("what a completion says", () => {
  it("is its text with tokens in the legacy form, parts of characters as bytes", async () => {
    const logprobs = {
      tokens: ["\n\n", "pos", "bytes:\\xf0\\x9f"],
      token_logprobs: [null, -0.1, -0.2],
      top_logprobs: [null, { pos: -0.1, neg: -2.5 }, { "bytes:\\xf0\\x9f": -0.2 }],
      text_offset: [0, 2, 5],
    };
    double.say(completion({ logprobs }));
    expect(await double.ask()).toMatchObject({
      text: "\n\npositive",
      tokens: [
        { token: "\n\n", logprob: 0, bytes: null, top: [] },
        {
          token: "pos",
          logprob: -0.1,
          top: [
            { token: "pos", logprob: -0.1 },
            { token: "neg", logprob: -2.5 },
          ],
        },
        { logprob: -0.2, bytes: [0xf0, 0x9f], top: [{ bytes: [0xf0, 0x9f] }] },
      ],
      finishReason: "stop",
      refusal: null,
      usage: { prompt: 9, completion: 3 },
      servedModel: "gpt-3.5-turbo-instruct:20230824-v2",
    });
  });

  it("may have tokens as in chat completions", async () => {
    const content = [
      { token: "pos", logprob: -0.1, bytes: [112], top_logprobs: [{ token: "neg", logprob: -2 }] },
    ];
    double.say(completion({ logprobs: { content } }));
    expect((await double.ask()).tokens).toEqual([
      { token: "pos", logprob: -0.1, bytes: [112], top: [{ token: "neg", logprob: -2, bytes: null }] },
    ]);
  });

  it("has no tokens, usage or model where none are told; a cut one says so", async () => {
    double.say(completion({ finish_reason: "length", logprobs: "?" }, { usage: null, model: 7 }));
    expect(await double.ask()).toMatchObject({
      tokens: null,
      usage: null,
      servedModel: null,
      finishReason: "length",
    });
  });

  it("an empty text is an empty answer; a filtered one says so", async () => {
    double.say(completion({ text: "", finish_reason: "content_filter" }));
    expect(await double.ask()).toMatchObject({ text: "", finishReason: "content_filter" });
  });
});

describe("errors", () => {
  it.each([
    [
      404,
      refusal("This is a chat model and not supported in the v1/completions endpoint.", "model"),
      "model_refused",
    ],
    [401, refusal("Incorrect API key provided"), "auth"],
    [429, refusal("Rate limit reached"), "rate_limited"],
    [500, refusal("The server had an error"), "provider_error"],
  ])("%i with %j is %s", async (status, body, kind) => {
    double.say(body, status);
    await expect(double.ask()).rejects.toMatchObject({ kind, status });
  });

  it.each([
    [refusal("5 is greater than the maximum of 1 - 'logprobs'", "logprobs"), "logprobs"],
    [refusal("Unrecognized request argument supplied: seed"), "seed"],
  ])("%j tells the parameter", async (body, parameter) => {
    double.say(body, 400);
    await expect(double.ask()).rejects.toMatchObject({ kind: "bad_request", details: { parameter } });
  });

  it("a chat completion is no answer here", async () => {
    double.say({ choices: [{ message: { content: "pos" } }] });
    await expect(double.ask()).rejects.toMatchObject({ kind: "provider_error" });
  });
});
