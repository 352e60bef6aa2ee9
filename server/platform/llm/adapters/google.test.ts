import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type AskedDouble, KEY, startAskedDouble } from "../testing/ask-double";

const parts = z.array(z.strictObject({ text: z.string() })).min(1);
type GoogleSchema = { type: string; properties?: Record<string, GoogleSchema>; items?: GoogleSchema };
const schema: z.ZodType<GoogleSchema> = z.lazy(() =>
  z.strictObject({
    type: z.enum(["STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT"]),
    enum: z.array(z.string()).optional(),
    properties: z.record(z.string(), schema).optional(),
    propertyOrdering: z.array(z.string()).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
  }),
);
/** The request of ai.google.dev/api/generate-content, as far as labelling needs it. */
const generateContentRequest = z.strictObject({
  systemInstruction: z.strictObject({ parts }).optional(),
  contents: z.array(z.strictObject({ role: z.literal("user"), parts })).min(1),
  safetySettings: z.array(z.looseObject({})).optional(),
  generationConfig: z
    .strictObject({
      temperature: z.number().min(0).max(2).optional(),
      topP: z.number().optional(),
      topK: z.int().optional(),
      maxOutputTokens: z.int().optional(),
      seed: z.int().optional(),
      presencePenalty: z.number().optional(),
      frequencyPenalty: z.number().optional(),
      stopSequences: z.array(z.string()).max(5).optional(),
      responseLogprobs: z.boolean().optional(),
      logprobs: z.int().min(0).max(20).optional(),
      responseMimeType: z.enum(["text/plain", "application/json"]).optional(),
      responseSchema: schema.optional(),
      thinkingConfig: z.strictObject({ thinkingLevel: z.string() }).optional(),
      candidateCount: z.int().optional(),
    })
    .optional(),
});
const refusal = (code: number, status: string, message: string, details?: unknown[]) => ({
  error: { code, message, status, ...(details ? { details } : {}) },
});
const generated = (candidate: Record<string, unknown> = {}, over: Record<string, unknown> = {}) => ({
  candidates: [
    {
      content: { parts: [{ text: "positive" }], role: "model" },
      finishReason: "STOP",
      index: 0,
      avgLogprobs: -0.11,
      ...candidate,
    },
  ],
  usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 2, totalTokenCount: 14 },
  modelVersion: "gemini-test-001",
  responseId: "r",
  ...over,
});

let double: AskedDouble;
beforeAll(async () => {
  double = await startAskedDouble({
    provider: "google",
    root: "/v1beta",
    body: generateContentRequest,
    refuse: (text) => refusal(400, "INVALID_ARGUMENT", text),
  });
});
beforeEach(() => {
  double.calls.length = 0;
  double.say(generated());
});
afterAll(() => double.close());

describe("a request to generateContent", () => {
  it("has the instruction apart, the model in its path, and the key in its header alone", async () => {
    await double.ask();
    const [sent] = double.calls;
    expect(sent?.path).toBe("/v1beta/models/model-1:generateContent");
    expect(sent?.headers).toMatchObject({ "x-goog-api-key": KEY });
    expect(sent?.headers.authorization).toBeUndefined();
    expect(sent?.body).toEqual({
      systemInstruction: { parts: [{ text: "You label texts." }] },
      contents: [{ role: "user", parts: [{ text: "Label: $1 {} 'quotes'\n🙂" }] }],
      generationConfig: {},
    });
  });

  it.each([
    ["tunedModels/mine", "/v1beta/tunedModels/mine:generateContent"],
    ["models/gemini", "/v1beta/models/gemini:generateContent"],
    ["gemini?key=1", "/v1beta/models/gemini%3Fkey%3D1:generateContent"],
  ])("asks the model %s at %s", async (model, path) => {
    await double.ask({ parameters: { model } });
    expect(double.calls[0]?.path).toBe(path);
  });

  it("gives parameters their names there and keeps unknown ones", async () => {
    await double.ask({
      parameters: {
        model: "m",
        temperature: 0,
        top_p: 0.5,
        top_k: 3,
        max_tokens: 7,
        seed: 1,
        presence_penalty: -1,
        frequency_penalty: 1,
        stop: ["a", "b"],
        reasoning_effort: "low",
        logprobs: true,
        top_logprobs: 25,
        answer_schema: {
          name: "labels",
          schema: {
            type: "object",
            properties: { Tone: { type: "array", items: { type: "string", enum: ["a", "b"] } } },
            required: ["Tone"],
            additionalProperties: false,
          },
        },
        generationConfig: { candidateCount: 1 },
        safetySettings: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }],
      },
    });
    expect(double.calls[0]?.body).toMatchObject({
      generationConfig: {
        temperature: 0,
        topP: 0.5,
        topK: 3,
        maxOutputTokens: 7,
        seed: 1,
        presencePenalty: -1,
        frequencyPenalty: 1,
        stopSequences: ["a", "b"],
        thinkingConfig: { thinkingLevel: "low" },
        responseLogprobs: true,
        logprobs: 20,
        responseMimeType: "application/json",
        responseSchema: {
          type: "OBJECT",
          properties: { Tone: { type: "ARRAY", items: { type: "STRING", enum: ["a", "b"] } } },
          propertyOrdering: ["Tone"],
          required: ["Tone"],
        },
        candidateCount: 1,
      },
      safetySettings: [{ threshold: "BLOCK_NONE" }],
    });
  });
});

describe("what a candidate says", () => {
  it("is its text, tokens with alternatives, usage with what it thought, its model", async () => {
    const logprobsResult = {
      topCandidates: [
        {
          candidates: [
            { token: "positive", tokenId: 1, logProbability: -0.1 },
            { token: "neg", tokenId: 2, logProbability: -2.5 },
          ],
        },
        { candidates: [{ token: "", tokenId: 3 }] },
      ],
      chosenCandidates: [
        { token: "positive", tokenId: 1, logProbability: -0.1 },
        { token: "\n", tokenId: 3, logProbability: -0.2 },
      ],
    };
    const usageMetadata = { promptTokenCount: 12, candidatesTokenCount: 2, thoughtsTokenCount: 30 };
    double.say(generated({ logprobsResult }, { usageMetadata }));
    expect(await double.ask()).toMatchObject({
      text: "positive",
      tokens: [
        {
          token: "positive",
          logprob: -0.1,
          bytes: null,
          top: [
            { token: "positive", logprob: -0.1 },
            { token: "neg", logprob: -2.5 },
          ],
        },
        { token: "\n", logprob: -0.2 },
      ],
      finishReason: "stop",
      refusal: null,
      usage: { prompt: 12, completion: 32 },
      servedModel: "gemini-test-001",
    });
  });

  it("has neither tokens nor usage where none are told, and no thoughts", async () => {
    const content = { parts: [{ text: "Hm.", thought: true }, { text: "po" }, { text: "s" }] };
    double.say(generated({ content, finishReason: "MAX_TOKENS" }, { usageMetadata: undefined }));
    expect(await double.ask()).toMatchObject({
      text: "pos",
      tokens: null,
      usage: null,
      finishReason: "length",
    });
  });

  it.each(["SAFETY", "RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII"])(
    "an answer blocked for %s is a refusal",
    async (finishReason) => {
      double.say(generated({ finishReason, content: undefined }));
      expect(await double.ask()).toMatchObject({
        text: "",
        refusal: `The answer was blocked: ${finishReason}.`,
        finishReason: "content_filter",
      });
    },
  );

  it("a prompt that is blocked is a refusal too, with its tokens", async () => {
    double.say({
      promptFeedback: { blockReason: "SAFETY", safetyRatings: [] },
      usageMetadata: { promptTokenCount: 12, totalTokenCount: 12 },
      modelVersion: "gemini-test-001",
    });
    expect(await double.ask()).toMatchObject({
      text: "",
      refusal: "The prompt was blocked: SAFETY.",
      finishReason: "content_filter",
      usage: { prompt: 12, completion: 0 },
    });
  });
});

describe("errors", () => {
  const badKey = [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" }];
  it.each([
    [400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", badKey, "auth"],
    [403, "PERMISSION_DENIED", "Generative Language API has not been used in project", undefined, "auth"],
    [404, "NOT_FOUND", "models/gemini-9 is not found for API version v1beta", undefined, "model_refused"],
    [400, "INVALID_ARGUMENT", "Request contains an invalid argument.", undefined, "bad_request"],
    [429, "RESOURCE_EXHAUSTED", "You exceeded your current quota", undefined, "rate_limited"],
    [500, "INTERNAL", "An internal error has occurred.", undefined, "provider_error"],
    [503, "UNAVAILABLE", "The model is overloaded.", undefined, "provider_error"],
    [504, "DEADLINE_EXCEEDED", "Deadline expired", undefined, "provider_error"],
  ])("%i %s (%s) is of its kind", async (code, status, text, details, kind) => {
    double.say(refusal(code, status, text, details), code);
    await expect(double.ask()).rejects.toMatchObject({ kind, status: code });
  });

  it("says in its body how long to wait", async () => {
    const info = [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "27.5s" }];
    double.say(refusal(429, "RESOURCE_EXHAUSTED", "quota", info), 429);
    await expect(double.ask()).rejects.toMatchObject({ kind: "rate_limited", retryAfterMs: 27_500 });
  });

  it.each([
    ["Logprobs is not enabled for models/gemini-2.5-pro", "logprobs"],
    ["Developer instruction is not enabled for models/gemma-3-4b-it", "system"],
    ["JSON mode is not enabled for models/gemma-3-4b-it", "answer_schema"],
    ["Penalty is not enabled for models/gemini-2.5-flash", "presence_penalty"],
  ])("%s tells the parameter", async (text, parameter) => {
    double.say(refusal(400, "INVALID_ARGUMENT", text), 400);
    await expect(double.ask()).rejects.toMatchObject({ kind: "bad_request", details: { parameter } });
  });

  it.each([[{}], [{ candidates: [] }], [null]])("%j with status 200 is no answer", async (body) => {
    double.say(body);
    await expect(double.ask()).rejects.toMatchObject({ kind: "provider_error" });
  });
});
