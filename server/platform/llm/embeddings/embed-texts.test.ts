import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLlm } from "../create-llm";
import { json, type ScriptedProvider, startScriptedProvider } from "../testing/scripted-provider";

let provider: ScriptedProvider;
beforeAll(async () => {
  provider = await startScriptedProvider();
});
afterAll(() => provider.close());

const embed = (texts: string[]) =>
  createLlm({
    openai: { apiKey: "sk-server", baseUrl: provider.baseUrl, organization: undefined },
    allowedHosts: [],
    trustedOrigins: [provider.origin],
  }).embed(
    { baseUrl: null, apiKey: null, model: "embed-small", texts, timeoutMs: 5_000 },
    new AbortController().signal,
  );

/** As POST /v1/embeddings answers by OpenAI's API reference. */
const list = (data: { index: number; embedding: number[] }[]) => ({
  object: "list",
  data: data.map((item) => ({ object: "embedding", ...item })),
  model: "embed-small-1",
  usage: { prompt_tokens: 7, total_tokens: 7 },
});

describe("embeddings", () => {
  it("are asked for in one call and come in the order of the texts", async () => {
    provider.answer((response) =>
      json(
        response,
        list([
          { index: 1, embedding: [0, 1] },
          { index: 0, embedding: [1, 0] },
        ]),
      ),
    );
    expect(await embed(["a", "b"])).toEqual({
      vectors: [
        [1, 0],
        [0, 1],
      ],
      servedModel: "embed-small-1",
      promptTokens: 7,
    });
    expect(provider.calls.at(-1)).toMatchObject({
      path: "/v1/embeddings",
      body: { model: "embed-small", input: ["a", "b"], encoding_format: "float" },
    });
  });

  it.each([
    ["one is missing", list([{ index: 0, embedding: [1, 0] }])],
    [
      "they differ in length",
      list([
        { index: 0, embedding: [1, 0] },
        { index: 1, embedding: [1] },
      ]),
    ],
    ["there are none", { object: "list" }],
  ])("are an error when %s", async (_, body) => {
    provider.answer((response) => json(response, body));
    await expect(embed(["a", "b"])).rejects.toMatchObject({ kind: "provider_error" });
  });

  it("say what the provider refuses", async () => {
    provider.answer((response) => json(response, { error: { message: "too long" } }, 400));
    await expect(embed(["a"])).rejects.toMatchObject({ kind: "bad_request" });
  });
});
