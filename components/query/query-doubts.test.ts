import { describe, expect, it } from "vitest";
import { queryDoubts, textDoubts } from "./query-doubts";
import { parseQueryText } from "./query-text";
import type { Vocabulary } from "./vocabulary";

const vocabulary: Vocabulary = {
  labels: [
    {
      name: "sentiment",
      level: "record",
      options: [
        { value: "pos", text: "positive" },
        { value: "neg", text: "negative" },
      ],
    },
    { name: "persons", level: "span", options: [{ value: "per", text: "person" }] },
  ],
  metadata: [
    { name: "airline", type: "string", visibility: "team" },
    { name: "retweets", type: "number", visibility: "team" },
    { name: "seen", type: "boolean", visibility: "team" },
  ],
  annotators: [],
  subsets: [],
  people: [],
};

const doubts = (text: string) => {
  const { query, problems } = parseQueryText(text);
  expect(problems).toEqual([]);
  return queryDoubts(query, vocabulary).map(({ message }) => message);
};

it("is told where it stands in the text", () => {
  const text = "late and metadata.arline = Delta or label:sentimen missing";
  expect(textDoubts(text, vocabulary)).toMatchObject([
    { at: 9, length: 23, column: 10 },
    { at: 36, length: 22, column: 37 },
  ]);
});

describe("a query is doubted", () => {
  it.each([
    ["label:sentimen missing", "The schema has no label “sentimen”. Did you mean “sentiment”?"],
    ["label:Sentiment = pos", "The schema has no label “Sentiment”. Did you mean “sentiment”?"],
    ["label:topic unverified", "The schema has no label “topic”. Its labels are sentiment, persons."],
    ["label:sentiment = happy", "sentiment has no option “happy”. Its options are pos, neg."],
    ["label:sentiment = [pos, nge]", "sentiment has no option “nge”. Did you mean “neg”?"],
    ["label:sentiment != Negative", "sentiment has no option “Negative”. Write “neg”."],
    ["metadata.arline = Delta", "No record has metadata “arline”. Did you mean “airline”?"],
    ["metadata.airline > 5", "airline is text: “5” needs quotation marks."],
    ["metadata.retweets > many", "retweets is a number, and “many” is none."],
    ["metadata.seen = yes", "seen is true or false, never “yes”."],
    [
      "late and not (label:person exists or flying)",
      "The schema has no label “person”. Did you mean “persons”?",
    ],
    ["conf < 0.9 and label:sentimnt = pos", "The schema has no label “sentimnt”. Did you mean “sentiment”?"],
  ])("%s", (text, message) => {
    expect(doubts(text)[0]).toBe(message);
  });

  it.each([
    "",
    "label:sentiment = pos and metadata.retweets >= 2.5",
    "label:persons doubted or label:sentiment exists",
    'metadata.airline = "5" and metadata.seen = true and metadata.retweets missing',
  ])("but not when all of it is there: %s", (text) => {
    expect(doubts(text)).toEqual([]);
  });
});
