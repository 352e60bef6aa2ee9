import { describe, expect, it } from "vitest";
import type { ModelCapabilities } from "@/contracts/model-capabilities";
import { modelParameters, modelWarnings } from "./model-parameters";

const yes = { state: "yes" as const, detail: null };
const no = { state: "no" as const, detail: null };

const found = (
  over: Partial<ModelCapabilities["capabilities"]> = {},
  refused: string[] = [],
  topLogprobs: number | null = 20,
): ModelCapabilities => ({
  provider: "openai:chat",
  baseUrl: null,
  model: "m",
  probedAt: "2025-11-25T10:00:00.000Z",
  servedModel: null,
  listed: true,
  capabilities: {
    logprobs: yes,
    structuredOutput: yes,
    systemMessage: yes,
    temperature: yes,
    seed: yes,
    batch: yes,
    ...over,
  },
  topLogprobs,
  refused,
});
const answerSchema = { name: "labels", schema: { type: "object" } };

describe("the parameters of a call", () => {
  it("are what is set, as given, with unknown ones beside it and the price kept home", () => {
    const model = {
      model: "gpt-4o",
      temperature: 0,
      max_tokens: 9,
      price: { inputPerMillion: 1, outputPerMillion: 1 },
      extra: { service_tier: "flex" },
    };
    const given = { model: "gpt-4o", temperature: 0, max_tokens: 9, service_tier: "flex" };
    expect(modelParameters(model, { conf: false })).toEqual(given);
    expect(modelParameters(model, { conf: true })).toEqual({ ...given, logprobs: true, top_logprobs: 20 });
  });

  it("don't depend on a model's name", () => {
    for (const model of ["gpt-5-mini", "o3", "olmo-2"])
      expect(modelParameters({ model, max_tokens: 5 }, { conf: false })).toEqual({ model, max_tokens: 5 });
  });

  it("hold the form of the answer only where the model was seen to follow it", () => {
    const asked = (capabilities: ModelCapabilities | null) =>
      modelParameters({ model: "m" }, { conf: false, answerSchema, capabilities });
    expect(asked(found())).toEqual({ model: "m", answer_schema: answerSchema });
    expect(asked(found({ structuredOutput: no }))).toEqual({ model: "m" });
    expect(asked(null)).toEqual({ model: "m" });
  });

  it("leave out what the model refused, and give the limit its other name", () => {
    const model = { model: "m", temperature: 0, seed: 1, max_tokens: 5 };
    const capabilities = found(
      { temperature: no, logprobs: no },
      ["temperature", "logprobs", "max_tokens"],
      null,
    );
    expect(modelParameters(model, { conf: true, capabilities })).toEqual({
      model: "m",
      seed: 1,
      max_completion_tokens: 5,
    });
  });

  it("ask for as many alternatives as the model gives", () => {
    expect(modelParameters({ model: "m" }, { conf: true, capabilities: found({}, [], 5) })).toMatchObject({
      top_logprobs: 5,
    });
  });
});

describe("warnings", () => {
  const model = { model: "m", temperature: 0, max_tokens: 5 };

  it("are about what is wanted and was refused, with the day of the finding", () => {
    const capabilities = found({ temperature: no, logprobs: no, systemMessage: no }, [
      "temperature",
      "seed",
      "logprobs",
      "max_tokens",
      "system",
    ]);
    expect(modelWarnings(model, { conf: true, systemMessage: true, capabilities })).toEqual([
      { path: "model.temperature", message: expect.stringContaining("2025-11-25; it will be left out") },
      { path: "model.model", message: expect.stringContaining("no log-probabilities") },
      { path: "prompt.system", message: expect.stringContaining("no system message") },
    ]);
  });

  it("are none where all is taken, or nothing is known", () => {
    expect(modelWarnings(model, { conf: true, systemMessage: true, capabilities: found() })).toEqual([]);
    expect(modelWarnings(model, { conf: true, systemMessage: true, capabilities: null })).toEqual([]);
  });
});
