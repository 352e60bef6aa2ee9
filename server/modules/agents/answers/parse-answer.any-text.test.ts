import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { parseAnswer } from "./parse-answer";

const options = [
  { value: "pos", text: "positive" },
  { value: "neg", text: "negative" },
];
const labels: LabelDefinition[] = [
  { name: "sentiment", level: "record", options },
  { name: "topics", level: "record", multi: true, options: [{ value: "bill", text: "billing" }, ...options] },
];

describe("any text", () => {
  it("is read or refused, never thrown at", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            "{",
            "}",
            "[",
            '"',
            "'",
            "\\",
            "/*",
            "//",
            ":",
            "<",
            "</",
            ">",
            "|",
            "\n",
            "sentiment",
          ),
          {
            maxLength: 60,
          },
        )
        .map((parts) => parts.join("")),
      fc.json(),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (raw, cut) => {
        for (const answer of Object.values(parseAnswer(raw, labels, { cut }))) {
          if (answer.ok) expect(answer.value.length).toBeGreaterThan(0);
          else expect(answer.reason).not.toBe("");
        }
      }),
      { numRuns: 3000, seed: 48 },
    );
  });

  /** Texts on which a reader that looks ahead for an end, or goes back, needs time by the square of their length. */
  const hostile = [
    "Sentiment: ",
    "{",
    '{"a":',
    '{"',
    "{'",
    "{/*",
    "{//",
    "[",
    '{"sentiment": ["positive", ',
    "sentiment",
    "- ",
    "<think>",
    "<",
    "<sentiment>",
    "</sentiment>",
    "\\boxed{",
    "| ",
    "|a\n",
    "positive, ",
    "((((",
    '"\\',
    " ",
    "\n",
    "not positive ",
    "Answer: Sentiment: ",
    "é\u0301",
  ];

  // The test's time-out is the bound: what takes time by the square of a million never ends.
  it.each(hostile)("%j a thousand to a million characters long is read in one go", (part) => {
    for (const size of [1_000, 30_000, 1_000_000]) {
      const body = part.repeat(Math.ceil(size / part.length));
      for (const raw of [body, `Sentiment: ${body}`, `${body}\nSentiment: positive`])
        expect(Object.keys(parseAnswer(raw, labels))).toEqual(["sentiment", "topics"]);
    }
  });
});
