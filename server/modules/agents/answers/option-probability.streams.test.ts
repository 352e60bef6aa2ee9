import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { realInput } from "@/server/testing/real-inputs";
import { optionProbability } from "./option-probability";
import { parseAnswer } from "./parse-answer";
import type { AnswerToken, TokenChoice } from "./token-text";

const choice = (token: string, p: number): TokenChoice => ({ token, logprob: p === 0 ? -9999 : Math.log(p) });
/** A token chosen with probability `p` and what else stood at its place. */
const t = (token: string, p = 1, others: Record<string, number> = {}): AnswerToken => ({
  ...choice(token, p),
  top: [choice(token, p), ...Object.entries(others).map(([other, share]) => choice(other, share))],
});
/** The same for parts of characters, which all look alike as text. */
const b = (bytes: number[], p = 1, others: [number[], number][] = []): AnswerToken => {
  const part = (of: number[], share: number) => ({ ...choice("\uFFFD", share), bytes: of });
  return { ...part(bytes, p), top: [part(bytes, p), ...others.map(([of, share]) => part(of, share))] };
};

const label = (name: string, ...options: (string | [value: string, text: string])[]): LabelDefinition => ({
  name,
  level: "record",
  options: options.map((option) =>
    typeof option === "string" ? { value: option, text: option } : { value: option[0], text: option[1] },
  ),
});
const sentiment = label("sentiment", ["pos", "positive"], ["neg", "negative"], ["neu", "neutral"]);
const stars = label("stars", "1", "10", "5");
const urgent = label("urgent", ["y", "yes"], ["n", "no"]);
const marks = label("mark", "über", "öde", "bon");

type Stream = {
  shape: string;
  labels: LabelDefinition[];
  tokens: AnswerToken[];
  /** By label: the option read and, worked out by hand, its probability among the options and the mass. */
  expected: Record<string, { value: string; conf: number; mass: number }>;
};

const one = (value: string, conf: number, mass: number) => ({ sentiment: { value, conf, mass } });

const STREAMS: Stream[] = [
  {
    shape: "shared first tokens: the worked example of the contract",
    labels: [sentiment],
    tokens: [t("ne", 0.7, { pos: 0.2 }), t("gative", 0.9, { utral: 0.1 })],
    // negative .7 · .9 = .63, neutral .07, positive .2
    expected: one("neg", 0.63 / 0.9, 0.9),
  },
  {
    shape: "a field in text, tokens with a leading space",
    labels: [sentiment],
    tokens: [
      t("Sentiment"),
      t(":", 0.98),
      t(" negative", 0.6, { " positive": 0.25, " neutral": 0.1 }),
      t("\n", 0.5),
    ],
    expected: one("neg", 0.6 / 0.95, 0.95),
  },
  {
    shape: "a field of JSON, the opening quote in the token of the value",
    labels: [sentiment],
    tokens: [
      t('{"', 0.9),
      t("sentiment"),
      t('":', 0.8),
      t(' "neut', 0.5, { ' "pos': 0.3, ' "neg': 0.15 }),
      t("ral", 0.99),
      t('"}'),
    ],
    expected: one("neu", 0.5 / 0.95, 0.95),
  },
  {
    shape: "a stored value instead of the shown text",
    labels: [sentiment],
    tokens: [t("Sentiment: "), t("pos", 0.55, { positive: 0.2, neg: 0.2, maybe: 0.05 })],
    // `positive` is the same option as `pos`; `maybe` is none.
    expected: one("pos", 0.75 / 0.95, 0.95),
  },
  {
    shape: "case variants among the alternatives",
    labels: [sentiment],
    tokens: [t("Positive", 0.4, { positive: 0.2, POSITIVE: 0.1, Negative: 0.2, neutral: 0.05 }), t(".")],
    expected: one("pos", 0.7 / 0.95, 0.95),
  },
  {
    shape: "an ambiguous prefix among the alternatives",
    labels: [sentiment],
    tokens: [t("pos", 0.6, { ne: 0.4 }), t("itive")],
    expected: one("pos", 0.6, 1),
  },
  {
    shape: "an ambiguous prefix at the second place",
    labels: [label("kind", "inform", "information", "inquiry")],
    tokens: [t("in", 0.8, { x: 0.2 }), t("quiry", 0.5, { form: 0.4, formation: 0.1 })],
    // inquiry .4; `inform` may still become `information`, so .32 counts for neither; information .08
    expected: { kind: { value: "inquiry", conf: 0.4 / 0.8, mass: 0.8 } },
  },
  {
    shape: "the other options are missing from top_logprobs",
    labels: [sentiment],
    tokens: [t("positive", 0.97, { glad: 0.02, happy: 0.01 })],
    expected: one("pos", 1, 0.97),
  },
  {
    shape: "the chosen token is missing from top_logprobs",
    labels: [sentiment],
    tokens: [{ ...choice("neutral", 0.1), top: [choice("positive", 0.5), choice("negative", 0.3)] }],
    expected: one("neu", 0.1 / 0.9, 0.9),
  },
  {
    shape: "alternatives of probability 0",
    labels: [sentiment],
    tokens: [t("neg", 0.8, { pos: 0, neu: 0 }), t("ative", 0.7, { x: 0 })],
    expected: one("neg", 1, 0.8),
  },
  {
    shape: "tokens after the answer, one of them another option in a remark's words",
    labels: [sentiment],
    tokens: [
      t("Sentiment:"),
      t(" neutral", 0.45, { " negative": 0.35 }),
      t(" (", 0.3),
      t("they", 0.2, { positive: 0.7 }),
      t(" ask)", 0.1),
    ],
    expected: one("neu", 0.45 / 0.8, 0.8),
  },
  {
    shape: "a value that begins another's, ended by the next token",
    labels: [stars],
    tokens: [t("Stars: "), t("1", 0.9, { "5": 0.1 }), t("\n", 0.6, { "0": 0.3, "2": 0.1 })],
    // 1: .9 · .6 = .54; 10: .27; `12` is none; 5: .1
    expected: { stars: { value: "1", conf: 0.54 / 0.91, mass: 0.91 } },
  },
  {
    shape: "the longer of two such values",
    labels: [stars],
    tokens: [t("1", 0.9, { "5": 0.1 }), t("0", 0.3, { ".": 0.6, "2": 0.1 }), t(".")],
    expected: { stars: { value: "10", conf: 0.27 / 0.91, mass: 0.91 } },
  },
  {
    shape: "a character of two bytes in two tokens",
    labels: [marks],
    tokens: [b([0xc3], 0.8, [[[0x62], 0.1]]), b([0xbc], 0.75, [[[0xb6], 0.25]]), t("ber")],
    // über .8 · .75, öde .8 · .25, bon .1
    expected: { mark: { value: "über", conf: 0.6 / 0.9, mass: 0.9 } },
  },
  {
    shape: "several labels in one answer, each by its own tokens",
    labels: [sentiment, urgent],
    tokens: [
      t("Sentiment:"),
      t(" neg", 0.5, { " pos": 0.25, " no": 0.2 }),
      t("ative"),
      t("\nUrgent:", 0.9),
      t(" no", 0.6, { " yes": 0.3, " neg": 0.1 }),
    ],
    expected: {
      sentiment: { value: "neg", conf: 0.5 / 0.75, mass: 0.75 },
      urgent: { value: "n", conf: 0.6 / 0.9, mass: 0.9 },
    },
  },
  {
    shape: "a value in a Markdown field after reasoning that names others",
    labels: [sentiment],
    tokens: [
      t("<think>"),
      t("Sentiment: positive", 0.1, { "Sentiment: negative": 0.9 }),
      t("?</think>\n"),
      t("**Sentiment**"),
      t(": **", 0.7),
      t("pos", 0.3, { neg: 0.5, neu: 0.1 }),
      t("itive", 0.9),
      t("**"),
    ],
    expected: one("pos", 0.3 / 0.9, 0.9),
  },
  {
    shape: "a token that holds the end of the name and the beginning of the value",
    labels: [sentiment],
    tokens: [t("Sentim"), t("ent: pos", 0.5, { "ent: neg": 0.3, "ent: ": 0.2 }), t("itive")],
    // What an alternative puts in the value's place counts; `ent: ` may still become any of them.
    expected: one("pos", 0.5, 1),
  },
];

const spelled = (tokens: readonly AnswerToken[]) =>
  new TextDecoder().decode(
    Uint8Array.from(tokens.flatMap(({ token, bytes }) => [...(bytes ?? new TextEncoder().encode(token))])),
  );

describe("kept tokens of many shapes", () => {
  it("are more than a dozen", () => expect(STREAMS.length).toBeGreaterThanOrEqual(12));

  it.each(STREAMS)("$shape", ({ labels, tokens, expected }) => {
    const raw = spelled(tokens);
    const answers = parseAnswer(raw, labels);
    for (const definition of labels) {
      const read = answers[definition.name];
      const hand = expected[definition.name];
      if (!read?.ok || !hand) throw new Error(`not read: ${raw}`);
      expect(read.value).toEqual([hand.value]);
      const range = { start: read.start, end: read.end };
      const found = optionProbability({ raw, tokens, range, label: definition, value: hand.value });
      if (found.conf === null) throw new Error(found.reason);
      expect(Math.abs(found.conf - hand.conf)).toBeLessThan(1e-9);
      expect(Math.abs(found.mass - hand.mass)).toBeLessThan(1e-9);
      const shares = Object.values(found.probabilities);
      expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-9);
    }
  });
});

const wire = realInput("openai-wire/pydantic-ai");
type WireToken = TokenChoice & { top_logprobs: TokenChoice[] };

/** Tokens of a recorded response, which its YAML writes as a list of their bytes, probability and text. */
function recordedTokens(name: string): AnswerToken[] {
  const recording = readFileSync(path.join(wire.path, name), "utf8");
  return recording
    .split(/^ +- bytes:\n/m)
    .slice(1)
    .map((block) => {
      const [, bytes = "", logprob, token = ""] =
        /^((?: +- \d+\n)+) +logprob: (\S+)\n +token: (.*)\n +top_logprobs: \[\]/.exec(block) ?? [];
      return {
        token: token.replace(/^'(.*)'$/, "$1"),
        logprob: Number(logprob),
        bytes: (bytes.match(/\d+/g) ?? []).map(Number),
        top: [],
      };
    });
}

/** The same of a streamed response: each of its events brings one token. */
function streamedTokens(name: string): AnswerToken[] {
  const recording = readFileSync(path.join(wire.path, name), "utf8");
  const events = recording.matchAll(/"logprobs":(\[\{[^\n]*?\}\]),"obfuscation"/g);
  return [...events].flatMap(([, list = "[]"]) => {
    const tokens: WireToken[] = JSON.parse(list);
    return tokens.map(({ top_logprobs: top, ...token }) => ({ ...token, top }));
  });
}

describe.skipIf(wire.missing)(wire.missing ? wire.reason : "recorded streams", () => {
  const city = label("city", "Belo Horizonte", "Ouro Preto");
  const sources: [string, () => AnswerToken[]][] = [
    ["at once", () => recordedTokens("test_openai_instructions_with_responses_logprobs.yaml")],
    ["streamed", () => streamedTokens("test_openai_instructions_with_responses_logprobs_streaming.yaml")],
  ];

  it.each(sources)("%s: are read as they are", (_name, load) => {
    const tokens = load();
    const raw = "The capital of Minas Gerais is Belo Horizonte.";
    expect(spelled(tokens)).toBe(raw);
    const start = raw.indexOf("Belo");
    const input = { raw, range: { start, end: raw.length - 1 }, label: city, value: "Belo Horizonte" };
    // They were asked for without alternatives: there is nothing to compare the option with.
    expect(optionProbability({ ...input, tokens })).toEqual({ conf: null, reason: "no_alternatives" });
    const compared = tokens.map((token) =>
      token.token === " Belo" ? { ...token, top: [choice(" Ouro", 0.25)] } : token,
    );
    const found = optionProbability({ ...input, tokens: compared });
    const own = Math.exp(tokens.find(({ token }) => token === " Belo")?.logprob ?? Number.NaN);
    expect(Math.abs((found.conf ?? Number.NaN) - own / (own + 0.25))).toBeLessThan(1e-9);
  });
});
