import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffVersions, type VersionContent } from "@/contracts/agent-diff";
import { provider } from "@/contracts/providers";
import { contentOf, draftOf, emptyDraft, inputOf } from "./draft";
import type { DraftSpan } from "./examples/draft-examples";

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const text = fc.string({ minLength: 1, maxLength: 20 }).filter((some) => some.trim() !== "");
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const spans = fc.record({
  start: fc.nat(99),
  end: fc.integer({ min: 1, max: 200 }),
  value: fc.array(text, { minLength: 1, maxLength: 2 }),
});

const versions: fc.Arbitrary<VersionContent> = fc.record({
  provider: fc.constantFrom(...provider.options),
  baseUrl: fc.constantFrom(null, "builtin", "https://llm.example/v1"),
  model: fc.record({
    model: fc.stringMatching(/^[a-z0-9.-]{1,20}$/),
    temperature: optional(number(0, 2)),
    top_p: optional(number(0, 1)),
    top_k: optional(fc.integer({ min: 1, max: 1000 })),
    max_completion_tokens: optional(fc.integer({ min: 1, max: 1_000_000 })),
    max_tokens: optional(fc.integer({ min: 1, max: 1_000_000 })),
    seed: optional(fc.integer()),
    presence_penalty: optional(number(-2, 2)),
    frequency_penalty: optional(number(-2, 2)),
    stop: optional(fc.oneof(fc.constant("END"), fc.array(text, { minLength: 2, maxLength: 4 }))),
    reasoning_effort: optional(fc.constantFrom("low" as const, "high" as const)),
    price: optional(fc.record({ inputPerMillion: number(0, 99), outputPerMillion: number(0, 99) })),
    extra: optional(fc.constant({ logit_bias: { "50256": -100 }, top_k: 4 })),
  }),
  prompt: fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 3 }).chain((labels) =>
    fc.record({
      labels: fc.constant(labels),
      answer: fc.constantFrom("text" as const, "json" as const),
      system: optional(text),
      taskInstruction: optional(text),
      formatInstruction: optional(text),
      inputBlock: optional(text),
      template: optional(text),
      examples: optional(
        fc.array(
          fc.record({
            text,
            labels: fc.dictionary(
              fc.constantFrom(...labels),
              fc.oneof(fc.array(text, { minLength: 1, maxLength: 2 }), fc.array(spans, { maxLength: 2 })),
            ),
          }),
          {
            maxLength: 2,
          },
        ),
      ),
    }),
  ),
});

describe("a draft", () => {
  it("of any version, saved untouched, is that version", () => {
    fc.assert(
      fc.property(versions, (version) => {
        const back = contentOf(draftOf("name", version));
        expect(back).not.toBeNull();
        if (back) expect(diffVersions(version, back)).toEqual({ changed: false, fields: [], sections: [] });
      }),
    );
  });

  it("leaves out what is blank", () => {
    const draft = emptyDraft(["sentiment", "topic"]);
    const blank = { ...draft.prompt, system: " ", taskInstruction: "", examples: [] };
    expect(inputOf({ ...draft, model: " gpt-4o ", prompt: blank })).toEqual({
      provider: "openai:chat",
      baseUrl: null,
      model: { model: "gpt-4o", temperature: 0 },
      prompt: { labels: ["sentiment"], answer: "text" },
    });
  });

  it("sends what makes no sense as it was typed, so that the server names the field", () => {
    const draft = emptyDraft(["sentiment"]);
    const typed = {
      ...draft,
      numbers: { ...draft.numbers, temperature: "warm", seed: " 7 " },
      price: { input: "1.5", output: "" },
      extra: '{"top_k":',
    };
    expect(inputOf(typed).model).toEqual({
      model: "",
      temperature: "warm",
      seed: 7,
      price: { inputPerMillion: 1.5, outputPerMillion: "" },
      extra: '{"top_k":',
    });
    expect(contentOf(typed)).toBeNull();
  });

  it("keeps to itself what its examples say of labels that are not asked for now", () => {
    const labels = { topic: ["sport"], sentiment: ["pos"] };
    const draft = emptyDraft(["sentiment"]);
    const sent = inputOf({ ...draft, prompt: { ...draft.prompt, examples: [{ text: "Won!", labels }] } });
    expect(sent.prompt.examples).toEqual([{ text: "Won!", labels: { sentiment: ["pos"] } }]);
  });

  it("can't be a version while words of an example have no place in its text", () => {
    const draft = { ...emptyDraft(["names"]), model: "m" };
    const withSpan = (span: DraftSpan) => ({
      ...draft,
      prompt: { ...draft.prompt, examples: [{ text: "Ann", labels: { names: [span] } }] },
    });
    const lost = withSpan({ words: "Bob", value: ["per"] });
    expect(inputOf(lost).prompt.examples).toEqual([
      { text: "Ann", labels: { names: [{ start: 0, end: 0, value: ["per"] }] } },
    ]);
    expect(contentOf(lost)).toBeNull();
    expect(contentOf(withSpan({ start: 0, end: 3, value: ["per"] }))).not.toBeNull();
  });

  it("takes the address only where one is asked for", () => {
    const draft = { ...emptyDraft(["a"]), address: " https://llm.example/v1/ " };
    expect(inputOf({ ...draft, place: "address" }).baseUrl).toBe("https://llm.example/v1/");
    expect(contentOf({ ...draft, model: "m", place: "address" })?.baseUrl).toBe("https://llm.example/v1");
    expect(inputOf({ ...draft, place: "builtin" }).baseUrl).toBe("builtin");
    expect(inputOf(draft).baseUrl).toBeNull();
  });
});
