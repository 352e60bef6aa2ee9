import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { type OptionProbability, optionProbability } from "./option-probability";
import { parseAnswer } from "./parse-answer";
import type { AnswerToken } from "./token-text";

type Alternatives = Record<string, number>;

/** A token chosen with probability `p`, with alternatives by their probabilities. */
const token = (text: string, p: number, alternatives: Alternatives = {}): AnswerToken => ({
  token: text,
  logprob: Math.log(p),
  top: [[text, p] as const, ...Object.entries(alternatives)].map(([other, share]) => ({
    token: other,
    logprob: share === 0 ? -9999 : Math.log(share),
  })),
});
const sure = (text: string) => token(text, 1);

const sentiment: LabelDefinition = {
  name: "sentiment",
  level: "record",
  options: [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
    { value: "neu", text: "neutral" },
  ],
};
const withOptions = (...names: string[]): LabelDefinition => ({
  ...sentiment,
  options: names.map((name) => ({ value: name, text: name })),
});

/** Reads the answer that the tokens spell, as a job does. */
function confidence(tokens: AnswerToken[], label = sentiment): OptionProbability {
  const raw = tokens.map((part) => part.token).join("");
  const read = parseAnswer(raw, [label])[label.name];
  if (!read?.ok) throw new Error(`not read: ${raw}`);
  const range = { start: read.start, end: read.end };
  return optionProbability({ raw, tokens, range, label, value: read.value[0] ?? "" });
}

const close = (value: number) => expect.closeTo(value, 12);

describe("the worked example", () => {
  const split = [token("ne", 0.7, { pos: 0.2 }), token("gative", 0.9, { utral: 0.1 })];
  const expected = {
    conf: close(0.7),
    probabilities: { neg: close(0.7), neu: close(0.07 / 0.9), pos: close(0.2 / 0.9) },
    mass: close(0.9),
    method: "option-probability",
  };

  it("tokens that options share are followed until they differ", () => {
    expect(confidence(split)).toEqual(expected);
  });

  it.each([
    ["text", [sure("Sentiment"), sure(":"), sure(" "), ...split]],
    ["JSON", [sure('{"'), sure("Sentiment"), sure('":'), sure(' "'), ...split, sure('"}')]],
    [
      "a sentence before",
      [token("Well", 0.4), token(". Sentiment:", 0.5), sure("\n"), ...split, token("\n\nBye", 0.1)],
    ],
  ])("boiler-plate never counts: %s", (_form, tokens) => {
    expect(confidence(tokens)).toEqual(expected);
  });

  it("tokens of the rest of the word don't count", () => {
    const long = [token("pos", 0.6, { neg: 0.4 }), token("it", 0.5, { x: 0.5 }), token("ive", 0.5)];
    expect(confidence(long)).toMatchObject({ conf: close(0.6), mass: close(1) });
  });

  it("an alternative of probability 0 counts nothing", () => {
    expect(confidence([token("pos", 0.6, { neg: 0, neu: 0.2 })])).toMatchObject({
      conf: close(0.75),
      probabilities: { pos: close(0.75), neg: 0, neu: close(0.25) },
    });
  });
});

describe("alternatives", () => {
  it("that fit several options count for none but stay in the denominator", () => {
    const read = confidence([token("pos", 0.6, { ne: 0.4 }), sure("itive")]);
    expect(read).toMatchObject({ conf: close(0.6), mass: close(1) });
  });

  it("that fit no option are left out of both", () => {
    expect(confidence([token("positive", 0.6, { mixed: 0.2, negative: 0.2 })])).toMatchObject({
      conf: close(0.75),
      mass: close(0.8),
    });
  });

  it("may spell an option by text or value, whole or as a prefix, in any case, with spaces and quotes", () => {
    const read = confidence([
      token("positive", 0.5, { " Neg": 0.1, '"neutral': 0.1, NEGATIVE: 0.1, neu: 0.1, Positive: 0.1 }),
    ]);
    expect(read).toMatchObject({
      conf: close(0.6),
      probabilities: { pos: close(0.6), neg: close(0.2), neu: close(0.2) },
    });
  });

  it("are the other ones: the chosen token counts once, by its own probability", () => {
    const lost = token("positive", 0.6, { negative: 0.3 });
    const without = { ...lost, top: lost.top.filter((other) => other.token !== "positive") };
    expect(confidence([without])).toEqual(confidence([lost]));
  });

  it("of a longer word of which an option is the beginning do not count for it", () => {
    expect(confidence([token("pos", 0.6, { posture: 0.2, neg: 0.2 }), sure("itive")])).toMatchObject({
      conf: close(0.75),
    });
  });
});

describe("an option's name that begins another's", () => {
  const stars = withOptions("1", "10", "2");

  it("is settled by the token that ends the value", () => {
    const one = confidence([token("1", 0.8, { "2": 0.2 }), token("\n", 0.75, { "0": 0.25 })], stars);
    expect(one).toMatchObject({
      conf: close(0.6),
      probabilities: { "1": close(0.6), "10": close(0.2), "2": close(0.2) },
    });
    const ten = confidence([token("1", 0.8, { "2": 0.2 }), token("0", 0.25, { "\n": 0.75 })], stars);
    expect(ten).toMatchObject({ conf: close(0.2), probabilities: { "1": close(0.6) } });
  });

  it("counts whole where nothing follows", () => {
    expect(confidence([token("1", 0.8, { "2": 0.2 })], stars)).toMatchObject({ conf: close(0.8) });
  });
});

describe("characters of several bytes", () => {
  it("split between tokens are put together", () => {
    const label = withOptions("über", "öde");
    const bytes = [...new TextEncoder().encode("ü")];
    const [first = 0, second = 0] = bytes;
    const raw = "über";
    const tokens: AnswerToken[] = [
      {
        token: "\\xc3",
        bytes: [first],
        logprob: 0,
        top: [{ token: "\\xc3", bytes: [first], logprob: 0 }],
      },
      {
        token: "\\xbc",
        bytes: [second],
        logprob: Math.log(0.7),
        top: [
          { token: "\\xbc", bytes: [second], logprob: Math.log(0.7) },
          { token: "\\xb6", bytes: [0xb6], logprob: Math.log(0.3) },
        ],
      },
      { token: "ber", logprob: 0, top: [] },
    ];
    const read = optionProbability({ raw, tokens, range: { start: 0, end: 4 }, label, value: "über" });
    expect(read).toMatchObject({ conf: close(0.7), probabilities: { öde: close(0.3) } });
  });
});

describe("no confidence, and why", () => {
  const range = { start: 0, end: 8 };
  const input = {
    raw: "positive",
    tokens: [token("positive", 0.9, { negative: 0.1 })],
    range,
    label: sentiment,
    value: "pos",
  };
  it.each([
    ["no log-probabilities", { tokens: null }, "no_logprobs"],
    ["an empty list of them", { tokens: [] }, "no_logprobs"],
    ["numbers that are none", { tokens: [{ ...token("positive", 1), logprob: Number.NaN }] }, "no_logprobs"],
    ["no alternatives", { tokens: [token("positive", 0.9)] }, "no_alternatives"],
    ["several values", { label: { ...sentiment, multi: true } }, "multi_select"],
    ["one option", { label: withOptions("positive"), value: "positive" }, "single_option"],
    ["tokens of another answer", { tokens: [token("negative", 1, { x: 0 })] }, "tokens_mismatch"],
    ["a value that the tokens do not spell", { range: { start: 3, end: 8 } }, "not_spelled"],
  ])("%s", (_name, change, reason) => {
    expect(optionProbability({ ...input, ...change })).toEqual({ conf: null, reason });
  });

  it("is never 1 by default", () => {
    expect(optionProbability({ ...input, tokens: [{ token: "positive", logprob: 0, top: [] }] })).toEqual({
      conf: null,
      reason: "no_alternatives",
    });
  });
});

describe("for every distribution", () => {
  /**
   * A made-up model: at each place it knows the next token's distribution. The answer follows one path; the
   * alternatives are those of the places along it, as a provider reports them.
   */
  const names = ["negative", "neutral", "positive", "nevertheless"];
  const label = withOptions(...names);
  const pieces: Record<string, string[]> = {
    "": ["ne", "pos", "no"],
    ne: ["gative", "utral", "vertheless", "st"],
    pos: ["itive", "ture"],
  };
  const weights = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });

  it("conf is the model's own probability of the option among the options", () => {
    fc.assert(
      fc.property(weights, weights, weights, fc.constantFrom(...names), (first, second, third, chosen) => {
        const share = (list: number[], count: number) => {
          const total = list.slice(0, count).reduce((sum, weight) => sum + weight, 0);
          return list.slice(0, count).map((weight) => weight / total);
        };
        const tables: Record<string, number[]> = {
          "": share(first, 3),
          ne: share(second, 4),
          pos: share(third, 2),
        };
        const at = (place: string, piece: string) =>
          tables[place]?.[pieces[place]?.indexOf(piece) ?? -1] ?? 0;
        const whole = (name: string) => {
          const head = name.startsWith("ne") ? "ne" : "pos";
          return at("", head) * at(head, name.slice(head.length));
        };
        const head = chosen.startsWith("ne") ? "ne" : "pos";
        const step = (place: string, piece: string): AnswerToken =>
          token(
            piece,
            at(place, piece),
            Object.fromEntries(
              (pieces[place] ?? []).filter((p) => p !== piece).map((p) => [p, at(place, p)]),
            ),
          );
        const read = confidence([step("", head), step(head, chosen.slice(head.length))], label);
        if (read.conf === null) throw new Error(read.reason);
        // What the alternatives at the first place would have become is not known, hence the bound on `ne`.
        const seen =
          head === "ne"
            ? names.filter((name) => name !== "positive").reduce((sum, name) => sum + whole(name), 0) +
              at("", "pos")
            : at("", "pos") + at("", "ne");
        const own = head === "ne" ? whole(chosen) : at("", "pos");
        expect(read.conf).toBeCloseTo(own / seen, 12);
        expect(read.mass).toBeCloseTo(seen, 12);
        const shares = Object.values(read.probabilities);
        expect(shares.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
        expect(read.probabilities[chosen]).toBeCloseTo(read.conf, 12);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
