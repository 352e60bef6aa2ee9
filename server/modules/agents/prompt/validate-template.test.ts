import { describe, expect, it } from "vitest";
import type { PromptSettings } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { validateTemplate } from "./validate-template";

const schema: LabelDefinition[] = [
  {
    name: "sentiment",
    level: "record",
    options: [
      { value: "pos", text: "positive" },
      { value: "neg", text: "negative" },
    ],
  },
  { name: "topics", level: "record", multi: true, options: [{ value: "a", text: "A" }] },
  { name: "places", level: "span", options: [{ value: "p", text: "place" }] },
];
const base: PromptSettings = { labels: ["sentiment"], answer: "text" };
const metadata = { known: ["airline", "pseudo_label"], gold: ["pseudo_label"] };
const problems = (change: Partial<PromptSettings>) =>
  validateTemplate(schema, { ...base, ...change }, metadata);

it("accepts the defaults, and texts that show JSON or code", () => {
  expect(problems({})).toEqual([]);
  expect(problems({ labels: ["sentiment", "topics"], answer: "json" })).toEqual([]);
  expect(problems({ formatInstruction: 'Like {"a": 1} or {{ 1 + 1 }} or {{}}. {{format_sample}}' })).toEqual(
    [],
  );
});

describe("names the field of each problem", () => {
  it.each<[string, Partial<PromptSettings>, string, RegExp]>([
    [
      "an unknown label",
      { labels: ["mood"] },
      "labels.0",
      /no label "mood"; it has sentiment, topics, places/,
    ],
    ["a label twice", { labels: ["sentiment", "sentiment"] }, "labels.1", /stands twice/],
    ["a lost record", { template: "{{options}}" }, "template", /has lost the record/],
    ["a lost record in the block", { inputBlock: "Text" }, "inputBlock", /has lost the record/],
    ["the record twice", { taskInstruction: "{{input}} {{input}}" }, "taskInstruction", /stands 2 times/],
    [
      "the record in block and task",
      { taskInstruction: "{{input}}", inputBlock: "{{input}}" },
      "inputBlock",
      /2 times/,
    ],
    ["the record in the system message", { system: "{{input}}" }, "system", /belongs in the user message/],
    [
      "lost options",
      { template: "{{input}} positive" },
      "template",
      /lost the options of "sentiment".*negative/,
    ],
    [
      "an unknown variable",
      { taskInstruction: "{{opinion}} {{options}}" },
      "taskInstruction",
      /unknown variable \{\{opinion\}\}/,
    ],
    [
      "examples where they can't stand",
      { taskInstruction: "{{examples}}" },
      "taskInstruction",
      /unknown variable/,
    ],
    ["gold metadata", { system: "{{metadata.pseudo_label}}" }, "system", /is gold/],
    [
      "gold metadata in the block",
      { inputBlock: "{{metadata.pseudo_label}} {{input}}" },
      "inputBlock",
      /is gold/,
    ],
    [
      "metadata that nobody has",
      { system: "{{metadata.colour}}" },
      "system",
      /no record has metadata named "colour"/,
    ],
    [
      "an empty example",
      { examples: [{ text: " ", labels: { sentiment: ["pos"] } }] },
      "examples.0.text",
      /empty/,
    ],
    [
      "an example without its label",
      { examples: [{ text: "x", labels: {} }] },
      "examples.0.labels.sentiment",
      /no value/,
    ],
    [
      "an example's strange value",
      { examples: [{ text: "x", labels: { sentiment: ["positive"] } }] },
      "examples.0.labels.sentiment",
      /"positive" is no option/,
    ],
    [
      "an example with two values",
      { examples: [{ text: "x", labels: { sentiment: ["pos", "neg"] } }] },
      "examples.0.labels.sentiment",
      /takes one value/,
    ],
    [
      "an example of another label",
      { examples: [{ text: "x", labels: { sentiment: ["pos"], topics: ["a"] } }] },
      "examples.0.labels.topics",
      /does not ask for/,
    ],
    [
      "lost examples",
      { template: "{{input}} {{options}}", examples: [{ text: "x", labels: { sentiment: ["pos"] } }] },
      "template",
      /lost the examples/,
    ],
  ])("%s", (_name, change, path, message) => {
    expect(problems(change)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it("all of them at once", () => {
    const all = problems({ labels: ["mood"], system: "{{input}}", inputBlock: "none {{x}}" });
    expect(all.map(({ path }) => path)).toEqual(["labels.0", "system", "inputBlock", "inputBlock"]);
  });
});

it("a template by hand may name the options instead, and replaces the other sections", () => {
  expect(problems({ template: "positive or negative? {{input}}" })).toEqual([]);
  expect(
    problems({ template: "{{options}} {{input}}", taskInstruction: "{{nonsense}}", inputBlock: "lost" }),
  ).toEqual([]);
});
