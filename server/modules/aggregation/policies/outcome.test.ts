import { expect, it } from "vitest";
import { outcomeOf } from "./outcome";
import { shareVotes } from "./share-votes";
import { tableOf } from "./testing/tables";
import { weightedMajority } from "./weighted-majority";

const votes = (...said: [string, string][]) =>
  said.map(([annotator, value]) => ({ annotator, record: "r", value }));

function weigh(
  said: [string, string][],
  weights: Record<string, number>,
  families: Record<string, string> = {},
) {
  const table = tableOf(votes(...said));
  const { annotators } = table;
  const weighed = {
    ...table,
    patterns: table.patterns.map((pattern) => ({
      ...pattern,
      weights: shareVotes(
        pattern.raters,
        annotators.map((one) => families[one] ?? null),
        annotators.map((one) => weights[one] ?? 1),
      ),
    })),
  };
  return outcomeOf(weighed, weightedMajority(weighed), 0);
}

it("the value with the most weight wins, by its share of all weight", () => {
  expect(
    weigh(
      [
        ["cy", "y"],
        ["bo", "x"],
        ["ann", "x"],
      ],
      { ann: 0.5, bo: 0.5, cy: 3 },
    ),
  ).toEqual({
    value: "y",
    confidence: 0.75,
    entropy: expect.closeTo(0.8113, 4),
    annotatorIds: ["cy"],
    votes: 3,
  });
});

it("equal weights are a tie, also where their sums differ in the last digit", () => {
  expect(
    weigh(
      [
        ["ann", "y"],
        ["bo", "y"],
        ["cy", "x"],
      ],
      { ann: 0.1, bo: 0.2, cy: 0.3 },
    ),
  ).toEqual({
    value: null,
    tie: ["x", "y"],
    confidence: null,
    entropy: expect.closeTo(1, 9),
    annotatorIds: ["ann", "bo", "cy"],
    votes: 3,
  });
});

it("two jobs of one family do not outvote a person and another model", () => {
  const said: [string, string][] = [
    ["gpt-1", "x"],
    ["gpt-2", "x"],
    ["gpt-3", "x"],
    ["ann", "y"],
    ["claude", "y"],
  ];
  expect(weigh(said, {})).toMatchObject({ value: "x" });
  const families = { "gpt-1": "gpt", "gpt-2": "gpt", "gpt-3": "gpt" };
  expect(weigh(said, {}, families)).toMatchObject({
    value: "y",
    confidence: expect.closeTo(2 / 3, 9),
    votes: 5,
  });
});
