import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { parseAnswer } from "./parse-answer";

const label = (
  name: string,
  options: [value: string, text: string][],
  more: Partial<LabelDefinition> = {},
): LabelDefinition => ({
  name,
  level: "record",
  options: options.map(([value, text]) => ({ value, text })),
  ...more,
});
const sentiment = label("sentiment", [
  ["pos", "positive"],
  ["neg", "negative"],
  ["neu", "neutral"],
]);
const topics = label(
  "topics",
  [
    ["bill", "billing"],
    ["crew", "crew"],
    ["a, b", "bags, or boxes"],
  ],
  { multi: true },
);

const read = (raw: string, labels = [sentiment], cut = false) => {
  const answer = parseAnswer(raw, labels, { cut })[labels[0]?.name ?? ""];
  return answer?.ok ? answer.value.join("+") : `(${answer?.reason})`;
};

describe("one value in the label's own field, or as the whole answer", () => {
  it.each([
    ["positive", "pos"],
    ["POSITIVE.", "pos"],
    ["pos", "pos"],
    ["“Negative”", "neg"],
    ["**negative**", "neg"],
    ["<neutral>", "neu"],
    ["- neutral", "neu"],
    ["```\nnegative\n```", "neg"],
    ["Sentiment: positive", "pos"],
    ["sentiment:positive", "pos"],
    ["Sentiment : 'neutral'.\n", "neu"],
    ["**Sentiment:** Negative", "neg"],
    ["## Sentiment\nsentiment = neu", "neu"],
    ["Sentiment:\n\n- positive", "pos"],
    ["Sentiment → negative", "neg"],
    ["Overall sentiment: positive", "pos"],
    ["It is not negative. Sentiment: positive", "pos"],
    ["Sentiment: positive\nSentiment: POSITIVE", "pos"],
    ["Sentiment: neg (negative)", "neg"],
    ["Sentiment: positive (the customer is glad)", "pos"],
    ["1. Sentiment: positive\n2. Reason: they said negative things", "pos"],
    ['{"Sentiment": "neg"}', "neg"],
    ['```json\n{"sentiment": "Neutral"}\n```', "neu"],
    ['Here it is:\n{ "sentiment" : ["pos"], "why": "not negative" } Bye.', "pos"],
    ['{"result": {"sentiment": "positive"}}', "pos"],
    ["{'sentiment': 'positive'}", "pos"],
    ["<think>Sentiment: negative? No.</think>\nSentiment: positive", "pos"],
    ["I weigh: Sentiment: negative.</think>neutral", "neu"],
    ["They complain, then thank. So it is mixed.\n\nAnswer: negative", "neg"],
    ["It could be positive, it could be negative.\n**Final answer:** neutral.", "neu"],
    ["Final answer: Sentiment: positive", "pos"],
    ["They thank us, so the answer is $\\boxed{positive}$.", "pos"],
    ["<sentiment>positive</sentiment>", "pos"],
    ["<analysis>negative?</analysis>\n<answer> Positive. </answer>", "pos"],
    ["| Sentiment | positive |", "pos"],
    ["| Label | Value |\n|:--|--:|\n| **Sentiment** | neutral |", "neu"],
    ["Here:\n\n| Text | Sentiment |\n|---|---|\n| It was fine. | `positive` |\n", "pos"],
    ['{"sentiment": "positive", /* not negative */ "why": "thanks",}', "pos"],
    ["{'sentiment': 'negative', 'why': None}", "neg"],
    ["{sentiment: 'negative'} // sure", "neg"],
    ['{"sentiment": "negative", "why": "they', "neg"],
    ['{"answer": "neutral"}', "neu"],
    [
      "<|channel|>analysis<|message|>Sentiment: negative?<|end|><|channel|>final<|message|>neutral<|return|>",
      "neu",
    ],
    ["positive</s>", "pos"],
  ])("%j is %s", (raw, value) => expect(read(raw)).toBe(value));
});

describe("anything else is invalid, never a guess", () => {
  it.each([
    ["", "empty"],
    ["  \n", "empty"],
    ["...", "no_field"],
    ["posi", "no_field"],
    ["I can't say whether this is positive", "no_field"],
    ["The sentiment is positive", "no_field"],
    ["not positive", "no_field"],
    ["Topic: positive", "no_field"],
    ["The answer is positive", "no_field"],
    ["Sentiment: negative\nFinal answer: positive", "conflicting_fields"],
    ["Answer: positive or negative", "two_options"],
    ["Answer: not positive", "unknown_option"],
    ["<sentiment>positive", "no_field"],
    ["<sentiment>positive</sentiment><sentiment>negative</sentiment>", "conflicting_fields"],
    ["<topic>positive</topic>", "no_field"],
    ["\\boxed{positive} or \\boxed{negative}", "conflicting_fields"],
    ["| Sentiment |\n|---|\n| positive |\n| negative |", "conflicting_fields"],
    ["| Topic | positive |", "no_field"],
    ['{"sentiment": "positive", // or\n "sentiment": "negative"}', "conflicting_fields"],
    ['{"sentiment": "posi', "unknown_option"],
    ["customer sentiment: positive", "no_field"],
    ['{"label": "positive"}', "no_field"],
    ["positive\n\nThe tone is happy", "no_field"],
    ["A", "no_field"],
    ["B: Negative", "no_field"],
    ["Sentiment: not positive", "unknown_option"],
    ["Sentiment: non-positive", "unknown_option"],
    ["Sentiment: very positive", "unknown_option"],
    ["Sentiment: positive?", "unknown_option"],
    ["Sentiment: positive: no", "unknown_option"],
    ["Sentiment: none", "unknown_option"],
    ["Sentiment: p", "unknown_option"],
    ['{"sentiment": {"is": "positive"}}', "unknown_option"],
    ['{"sentiment": null}', "empty"],
    ['{"sentiment": []}', "empty"],
    ["Sentiment:", "empty"],
    ["positive or negative", "two_options"],
    ["Sentiment: positive or negative", "two_options"],
    ["Sentiment: mixed (positive and negative)", "two_options"],
    ["Sentiment: positive, negative", "two_options"],
    ["Sentiment: positive\nnegative", "two_options"],
    ["Sentiment: pos (not neg)", "two_options"],
    ['{"sentiment": ["pos", "neg"]}', "two_options"],
    ["Sentiment: positive\nSentiment: negative", "conflicting_fields"],
    ["Sentiment: positive\nSentiment: unclear", "conflicting_fields"],
    ['{"sentiment": "positive", "sentiment": "negative"}', "conflicting_fields"],
    ['Sentiment: positive\n{"sentiment": "negative"}', "conflicting_fields"],
    ["<think>Sentiment: negative", "empty"],
  ])("%j: %s", (raw, reason) => expect(read(raw)).toBe(`(${reason})`));

  it("keeps the text that could not be read", () => {
    expect(parseAnswer("Sentiment: sort of glad", [sentiment]).sentiment).toEqual({
      ok: false,
      reason: "unknown_option",
      text: "sort of glad",
    });
  });
});

describe("option letters", () => {
  const letters = label("choice", [
    ["A", "Positive"],
    ["B", "Negative"],
  ]);
  const plain = label("choice", [
    ["A", "A"],
    ["B", "B"],
  ]);
  it.each([
    ["B", letters, "B"],
    ["b", letters, "B"],
    ["B: Negative", letters, "B"],
    ["B) Negative", letters, "B"],
    ["Choice: B. Negative", letters, "B"],
    ["B: Positive", letters, "(two_options)"],
    ["B: not really", plain, "(no_field)"],
    ["C: Negative", letters, "(no_field)"],
    ["B: whatever it stands for", plain, "B"],
  ])("%j is %s", (raw, schema, value) => expect(read(raw, [schema])).toBe(value));
});

describe("options that begin like others", () => {
  const numbers = label("stars", [
    ["1", "1"],
    ["10", "10"],
    ["-1", "-1"],
  ]);
  it.each([
    ["1", "1"],
    ["10", "10"],
    ["Stars: 10.", "10"],
    ["Stars: -1", "-1"],
    ["Stars: 100", "(unknown_option)"],
    ["Stars: 1.0", "(unknown_option)"],
  ])("%j is %s", (raw, value) => expect(read(raw, [numbers])).toBe(value));

  it("a value that equals another option's text means the option with that text", () => {
    const crossed = label("x", [
      ["yes", "no"],
      ["no", "maybe"],
    ]);
    expect(read("no", [crossed])).toBe("yes");
  });
});

describe("an answer that ended at its length limit", () => {
  const stars = label("stars", [
    ["1", "1"],
    ["10", "10"],
    ["3", "3"],
  ]);
  it.each([
    ["Stars: 1", "(cut_off)"],
    ["Stars: 10", "10"],
    ["Stars: 3", "3"],
    ["Stars: 1\nbecause", "1"],
    ["1", "(cut_off)"],
  ])("%j is %s", (raw, value) => expect(read(raw, [stars], true)).toBe(value));

  it("never has a whole list of values", () => {
    expect(read("Topics: billing", [topics], true)).toBe("(cut_off)");
    expect(read("Topics: billing\nbecause", [topics], true)).toBe("bill");
  });
});

describe("several values", () => {
  it.each([
    ["Topics: crew, billing", "bill+crew"],
    ["Topics: crew and billing", "bill+crew"],
    ["Topics: bags, or boxes; crew", "crew+a, b"],
    ["Topics:\n- crew\n- billing", "bill+crew"],
    ["Topics: crew, crew", "crew"],
    ['{"topics": ["Billing", "crew"]}', "bill+crew"],
    ["billing", "bill"],
    ["Topics: billing, weather", "(unknown_option)"],
    ["Topics: billing, not crew", "(unknown_option)"],
    ["Topics: none", "(unknown_option)"],
    ['{"topics": []}', "(empty)"],
  ])("%j is %s", (raw, value) => expect(read(raw, [topics])).toBe(value));
});

describe("several labels in one answer", () => {
  const mood = label("mood", [
    ["pos", "positive"],
    ["glum", "glum"],
  ]);
  it("are read each from its own field", () => {
    const answers = parseAnswer("Sentiment: negative\nMood: glum", [sentiment, mood]);
    expect(answers).toMatchObject({ sentiment: { value: ["neg"] }, mood: { value: ["glum"] } });
    expect(parseAnswer('{"Mood": "positive", "Sentiment": "hm"}', [sentiment, mood])).toMatchObject({
      sentiment: { ok: false, reason: "unknown_option" },
      mood: { value: ["pos"] },
    });
  });

  it("an option alone belongs to the one label that has it", () => {
    expect(parseAnswer("glum", [sentiment, mood])).toMatchObject({
      sentiment: { ok: false },
      mood: { value: ["glum"], via: "whole" },
    });
    expect(parseAnswer("positive", [sentiment, mood])).toMatchObject({
      sentiment: { reason: "ambiguous_label" },
      mood: { reason: "ambiguous_label" },
    });
  });
});

describe("for every answer", () => {
  const word = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,5})?$/);
  const schemas = fc.uniqueArray(word, { minLength: 2, maxLength: 6 }).map((texts) =>
    label(
      "kind",
      texts.map((text, at): [string, string] => [`v${at}`, text]),
    ),
  );
  const wrapped = fc.constantFrom(
    (text: string) => text,
    (text: string) => `"${text}"`,
    (text: string) => `**${text}**`,
    (text: string) => `  ${text}.\n`,
    (text: string) => text.toUpperCase(),
    (text: string) => `<${text}>`,
    (text: string) => `Kind: ${text}`,
    (text: string) => `**Kind**: \`${text}\``,
    (text: string) => `kind:\n${text}`,
    (text: string) => JSON.stringify({ kind: text }),
    (text: string) => `\`\`\`json\n${JSON.stringify({ Kind: [text] }, null, 2)}\n\`\`\``,
  );

  it("an option in any wrapping is that option", () => {
    fc.assert(
      fc.property(schemas, fc.nat(), wrapped, (schema, pick, wrap) => {
        const option = schema.options[pick % schema.options.length];
        expect(read(wrap(option?.text ?? ""), [schema])).toBe(option?.value);
      }),
    );
  });

  it("two options are never one", () => {
    const joints = [" or ", ", ", "/", " and ", "\n", " (", "; not "];
    fc.assert(
      fc.property(schemas, fc.constantFrom(...joints), wrapped, (schema, joint, wrap) => {
        const [one, other] = schema.options;
        const raw = wrap(`${one?.text}${joint}${other?.text}`);
        const values = schema.options.map(({ value }) => value);
        // Two options may spell a third ("a b" beside "a" and "b"); then the answer names that one.
        const third = schema.options.some(({ text }) => text === `${one?.text} ${other?.text}`);
        if (!third) expect(values).not.toContain(read(raw, [schema]));
      }),
    );
  });

  it("what is read stands in the answer and is an option's name", () => {
    const scraps = fc.array(
      fc.oneof(
        fc.constantFrom(
          "positive",
          "neg",
          "Sentiment",
          ":",
          "{",
          "}",
          '"',
          "\n",
          " ",
          "not",
          "<think>",
          "</think>",
          ",",
          "[",
          "]",
          "é",
          "🙂",
        ),
        fc.string({ maxLength: 6 }),
      ),
      { maxLength: 30 },
    );
    const names = new Set(sentiment.options.flatMap(({ value, text }) => [value, text]));
    fc.assert(
      fc.property(scraps, (parts) => {
        const raw = parts.join("");
        const answer = parseAnswer(raw, [sentiment]).sentiment;
        if (!answer?.ok) return;
        expect(names).toContain(raw.slice(answer.start, answer.end).toLowerCase());
        expect(answer.value).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });
});
