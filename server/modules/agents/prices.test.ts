import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { priceList } from "./price-list";
import { batchDiscount, costMicroUsd, listedPrice, partOfPrice, priceOf } from "./prices";

describe("prices", () => {
  it("are known by a model's name, or by the name of a dated snapshot", () => {
    expect(priceOf({ model: "gpt-4o-mini" })).toMatchObject({ inputPerMillion: 0.15, outputPerMillion: 0.6 });
    expect(listedPrice("gpt-4o-mini-2024-07-18")).toEqual(listedPrice("gpt-4o-mini"));
    expect(listedPrice("gpt-3.5-turbo-0125")).toEqual(listedPrice("gpt-3.5-turbo"));
    expect(listedPrice("gpt-3.5-turbo-1106")).toMatchObject({ inputPerMillion: 1 });
    expect(listedPrice("claude-sonnet-4-5-20250929")).toMatchObject({
      inputPerMillion: 3,
      asOf: "2025-10-15",
    });
    expect(listedPrice("claude-haiku-5-5")).toEqual({
      inputPerMillion: 0.1,
      outputPerMillion: 0.5,
      tiers: [{ abovePromptTokens: 100_000, inputPerMillion: 0.5, outputPerMillion: 2.5 }],
      asOf: "2026-10-07",
    });
    expect(listedPrice("gpt-6-luna-2026-09-22")).toMatchObject({ outputPerMillion: 0.5, asOf: "2026-09-22" });
    expect(listedPrice("gemini-2.0-flash-001")).toEqual(listedPrice("gemini-2.0-flash"));
    expect(listedPrice("tandem-tiny")).toMatchObject({ inputPerMillion: 0, outputPerMillion: 0 });
  });

  it("stand in one list each", () => {
    const names = Object.values(priceList).flatMap(({ lists }) =>
      lists.flatMap(({ models }) => Object.keys(models)),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(["llama-3", "anthropic/claude-opus-4", "gpt-4o-audio", "toString", "__proto__", ""])(
    "of %j is not known",
    (model) => {
      expect(priceOf({ model })).toBeNull();
    },
  );

  it("an agent's own comes first", () => {
    const price = { inputPerMillion: 1, outputPerMillion: 2 };
    expect(priceOf({ model: "gpt-4o", price })).toBe(price);
  });
});

describe("the price of a long prompt", () => {
  it.each([
    ["claude-haiku-5-5", 100_000, 0.5, 2.5],
    ["gpt-6-luna", 272_000, 0.2, 0.75],
    ["gpt-5.4-2026-03-05", 272_000, 5, 22.5],
    ["gemini-2.5-pro", 200_000, 2.5, 15],
  ])("of %s is another above %i tokens, and of the whole call", (model, threshold, input, output) => {
    const price = priceOf({ model });
    if (!price) throw new Error("It is listed.");
    const plain = { inputPerMillion: price.inputPerMillion, outputPerMillion: price.outputPerMillion };
    const long = { inputPerMillion: input, outputPerMillion: output };
    const usage = (prompt: number) => ({ prompt, completion: 1_000_000 });
    for (const prompt of [threshold - 1, threshold])
      expect(costMicroUsd(usage(prompt), price)).toBe(costMicroUsd(usage(prompt), plain));
    expect(costMicroUsd(usage(threshold + 1), price)).toBe(costMicroUsd(usage(threshold + 1), long));
  });

  it("rises with the prompt's length in every list, so that a bound of the tokens is one of the cost", () => {
    const names = Object.values(priceList).flatMap(({ lists }) =>
      lists.flatMap(({ models }) => Object.keys(models)),
    );
    for (const { inputPerMillion, outputPerMillion, tiers = [] } of names
      .map((model) => priceOf({ model }))
      .filter((price) => price !== null)) {
      const steps = [{ abovePromptTokens: 0, inputPerMillion, outputPerMillion }, ...tiers];
      for (const key of ["abovePromptTokens", "inputPerMillion", "outputPerMillion"] as const) {
        const values = steps.map((step) => step[key]);
        expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
      }
    }
  });

  it("is the one price where an agent has its own", () => {
    const price = { inputPerMillion: 0.1, outputPerMillion: 0.5 };
    expect(
      costMicroUsd({ prompt: 1_000_000, completion: 0 }, priceOf({ model: "claude-haiku-5-5", price })),
    ).toBe(100_000);
  });

  it("is less in a batch by the same part", () => {
    expect(
      partOfPrice(
        {
          inputPerMillion: 2,
          outputPerMillion: 10,
          tiers: [{ abovePromptTokens: 5, inputPerMillion: 4, outputPerMillion: 15 }],
        },
        0.5,
      ),
    ).toEqual({
      inputPerMillion: 1,
      outputPerMillion: 5,
      tiers: [{ abovePromptTokens: 5, inputPerMillion: 2, outputPerMillion: 7.5 }],
    });
  });
});

describe("the discount of batches", () => {
  it("is the listed one at the provider's own address", () => {
    const half = { factor: 0.5, asOf: "2025-08-07" };
    for (const provider of ["openai:chat", "openai:completion", "openai:responses"])
      expect(batchDiscount({ provider, baseUrl: null })).toEqual(half);
    expect(batchDiscount({ provider: "openai:chat", baseUrl: "https://api.openai.com/v1" })).toEqual(half);
    expect(batchDiscount({ provider: "anthropic", baseUrl: null })).toMatchObject({ factor: 0.5 });
  });

  it.each([
    { provider: "openai:chat", baseUrl: "https://llm.example.org/v1" },
    { provider: "openai:chat", baseUrl: "https://api.openai.com.evil.org/v1" },
    { provider: "openai:chat", baseUrl: "builtin" },
    { provider: "google", baseUrl: null },
    { provider: "toString", baseUrl: null },
  ])("is not known of $provider at $baseUrl", (place) => {
    expect(batchDiscount(place)).toBeNull();
  });
});

describe("cost", () => {
  it("is in whole micro-dollars, rounded up; unknown is not free", () => {
    const price = { inputPerMillion: 0.15, outputPerMillion: 0.6 };
    expect(costMicroUsd({ prompt: 100, completion: 0 }, price)).toBe(15);
    expect(costMicroUsd({ prompt: 1, completion: 0 }, price)).toBe(1);
    expect(costMicroUsd({ prompt: 0, completion: 0 }, price)).toBe(0);
    expect(costMicroUsd({ prompt: 1_000_000, completion: 1_000_000 }, price)).toBe(750_000);
    expect(costMicroUsd({ prompt: 1, completion: 1 }, null)).toBeNull();
  });

  it("never undercuts the true cost, and never exceeds it by a micro-dollar", () => {
    const cents = fc.integer({ min: 0, max: 20_000 }).map((n) => n / 100);
    const tokens = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(cents, cents, tokens, tokens, (inputPerMillion, outputPerMillion, prompt, completion) => {
        const cost = costMicroUsd({ prompt, completion }, { inputPerMillion, outputPerMillion }) ?? 0;
        const hundredths =
          Math.round(inputPerMillion * 100) * prompt + Math.round(outputPerMillion * 100) * completion;
        expect(cost).toBe(Math.ceil(hundredths / 100));
      }),
    );
  });
});
