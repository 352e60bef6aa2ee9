import { expect, it } from "vitest";
import { type SeededAnswer, seededAnswer } from "./seeded-answer";

const fields = [{ field: "Sentiment", options: ["positive", "negative", "neutral"] }];
const answers = (seed: number, count = 500): SeededAnswer[] =>
  Array.from({ length: count }, (_, at) =>
    seededAnswer({ model: "m", messages: [{ role: "user", content: `text ${at}` }] }, { fields, seed }),
  );

it("answers the same request the same, and another seed, model or text otherwise", () => {
  const content = "text 1";
  const ask = (model: string, seed: number) =>
    seededAnswer({ model, messages: [{ role: "user", content }] }, { fields, seed });
  expect(ask("m", 1)).toEqual(ask("m", 1));
  expect(ask("m", 1).fields).not.toEqual(ask("m", 2).fields);
  expect(ask("m", 1).fields).not.toEqual(ask("n", 1).fields);
});

it("gives every kind of answer and every option often enough to matter", () => {
  const kinds = new Set(answers(0).map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(["empty", "prose", "refusal", "unknown-option", "valid"]);
  const chosen = new Set(answers(0).map((answer) => answer.fields[0]?.chosen));
  expect([...chosen].sort()).toEqual(["negative", "neutral", "positive"]);
});

it("has tokens that spell the answer, and log-probabilities of a distribution", () => {
  for (const { text, tokens, kind } of answers(1)) {
    if (kind === "refusal") continue;
    expect(tokens.map(({ token }) => token).join("")).toBe(text);
    for (const { token, logprob, top } of tokens) {
      const mass = top.reduce((sum, choice) => sum + Math.exp(choice.logprob), 0);
      expect(mass).toBeGreaterThan(0.999);
      expect(mass).toBeLessThan(1.001);
      expect(top.find((choice) => choice.token === token)?.logprob).toBeCloseTo(logprob, 12);
    }
  }
});

it("spells options that begin alike with one first token", () => {
  const negative = answers(2).find(
    ({ kind, fields: [field] }) => kind === "valid" && field?.chosen === "negative",
  );
  expect(negative?.tokens.map(({ token }) => token)).toEqual(["Sentiment:", " ne", "gative"]);
});
