import { expect, it } from "vitest";
import { modelParameters } from "./model-parameters";

it("sends what is set, as given, with unknown parameters beside it and the price kept home", () => {
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

it.each([
  ["gpt-5-mini", "max_completion_tokens"],
  ["o3", "max_completion_tokens"],
  ["openai/o4-mini", "max_completion_tokens"],
  ["gpt-4o", "max_tokens"],
  ["olmo-2", "max_tokens"],
])("%s is given its limit as %s", (model, name) => {
  expect(modelParameters({ model, max_tokens: 5 }, { conf: false })).toEqual({ model, [name]: 5 });
});
