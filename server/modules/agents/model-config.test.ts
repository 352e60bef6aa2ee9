import { describe, expect, it } from "vitest";
import { validateModelConfig } from "./model-config";

const problemsOf = (input: unknown) => {
  const result = validateModelConfig(input);
  return result.ok ? [] : result.problems;
};

describe("a model configuration", () => {
  it("needs a model alone, of any name", () => {
    expect(validateModelConfig({ model: " my-org/Any Model:1 " })).toEqual({
      ok: true,
      config: { model: "my-org/Any Model:1" },
    });
  });

  it("keeps every known parameter as it is", () => {
    const config = {
      model: "gpt-4o",
      temperature: 2,
      top_p: 0,
      max_tokens: 1,
      seed: -5,
      presence_penalty: -2,
      frequency_penalty: 2,
      stop: ["a", "b"],
      reasoning_effort: "xhigh",
      price: { inputPerMillion: 0.15, outputPerMillion: 0.6 },
      extra: { top_k: 40, nested: { a: [1] } },
    };
    expect(validateModelConfig(config)).toEqual({ ok: true, config });
  });

  it("lists all that is wrong at once, by field", () => {
    expect(
      problemsOf({
        model: " ",
        temperature: 2.1,
        top_p: "1",
        max_tokens: 0,
        seed: 1.5,
        presence_penalty: -3,
        stop: [],
        reasoning_effort: "maximal",
        price: { inputPerMillion: -1, perToken: 1 },
        extra: [],
        temprature: 1,
      }),
    ).toEqual([
      { path: "model", message: "must be a model's name of at most 200 characters" },
      { path: "temperature", message: "must be a number from 0 to 2" },
      { path: "top_p", message: "must be a number from 0 to 1" },
      { path: "max_tokens", message: "must be an integer from 1 to 1000000" },
      { path: "seed", message: "must be an integer" },
      { path: "presence_penalty", message: "must be a number from -2 to 2" },
      { path: "stop", message: "must be a non-empty text, or 1 to 4 of them" },
      { path: "reasoning_effort", message: "must be one of none, minimal, low, medium, high, xhigh, max" },
      { path: "price.inputPerMillion", message: "must be a number from 0 to 100000" },
      { path: "price.outputPerMillion", message: "must be a number from 0 to 100000" },
      { path: "price.perToken", message: "unknown field" },
      { path: "extra", message: "must be an object" },
      { path: "temprature", message: 'unknown parameter; put it under "extra" to send it as it is' },
    ]);
  });

  it.each([null, "gpt-4o", [], 7, undefined])("%j is none", (input) => {
    expect(problemsOf(input)).toHaveLength(1);
  });

  it.each(["messages", "stream", "n", "best_of", "logprobs", "top_logprobs", "temperature", "tools"])(
    "%s may not hide under extra",
    (key) => {
      expect(problemsOf({ model: "m", extra: { [key]: 1 } })).toEqual([
        { path: `extra.${key}`, message: expect.stringContaining("set by Tandem") },
      ]);
    },
  );

  it("extra has an end", () => {
    expect(problemsOf({ model: "m", extra: { a: "x".repeat(20_001) } })).toEqual([
      { path: "extra", message: "must be at most 20000 characters of JSON" },
    ]);
  });

  it.each([
    [
      "anthropic",
      { temperature: 1.5, seed: 1, presence_penalty: 1 },
      ["seed", "presence_penalty", "temperature"],
    ],
    ["openai:responses", { seed: 1, stop: "x", top_k: 4 }, ["top_k", "seed", "stop"]],
    ["openai:completion", { reasoning_effort: "low", top_k: 4 }, ["reasoning_effort"]],
    ["google", { temperature: 2, seed: 1, top_k: 40 }, []],
    ["openai:chat", { top_k: 4, max_tokens: 3, max_completion_tokens: 4 }, ["max_completion_tokens"]],
  ] as const)("%s with %j: what its API lacks is told, beside all else", (provider, parameters, paths) => {
    const result = validateModelConfig({ model: "m", ...parameters }, provider);
    expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual(paths);
    const worse = validateModelConfig({ model: "", ...parameters }, provider);
    expect(worse.ok ? [] : worse.problems.map(({ path }) => path)).toEqual(["model", ...paths]);
  });
});
