import { expect, it } from "vitest";
import type { PromptSettings } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { answerSchemaOf } from "./answer-schema";
import { formatSample } from "./prompt/wording";

const labels: LabelDefinition[] = [
  {
    name: "sentiment",
    level: "record",
    options: [
      { value: "pos", text: "positive" },
      { value: "neg", text: "negative" },
    ],
  },
  { name: "topics", level: "record", multi: true, options: [{ value: "a", text: "Air" }] },
];

const json: PromptSettings = { labels: ["sentiment", "topics"], answer: "json" };

it("is the form that the prompt asks for in words: the same fields, options by text, nothing else", () => {
  const form = answerSchemaOf(labels, json);
  expect(form).toEqual({
    name: "labels",
    schema: {
      type: "object",
      properties: {
        Sentiment: { type: "string", enum: ["positive", "negative"] },
        Topics: { type: "array", items: { type: "string", enum: ["Air"] } },
      },
      required: ["Sentiment", "Topics"],
      additionalProperties: false,
    },
  });
  expect(Object.keys(JSON.parse(formatSample(labels, "json")))).toEqual(form?.schema.required);
});

it("has a number for each label where the model is to say how sure it is", () => {
  const form = answerSchemaOf(labels, { ...json, confidence: "verbalised" });
  const asked = [...formatSample(labels, "json", { verbalised: true }).matchAll(/"([^"]+)":/g)];
  expect(form?.schema.required).toEqual(asked.map(([, name]) => name));
  expect(form?.schema.required).toHaveLength(4);
});

it("is none for texts, for spans, without labels, and where somebody wrote the form by hand", () => {
  const spans: LabelDefinition[] = [
    { name: "who", level: "span", options: [{ value: "p", text: "person" }] },
  ];
  expect(answerSchemaOf(labels, { ...json, answer: "text" })).toBeNull();
  expect(answerSchemaOf(spans, json)).toBeNull();
  expect(answerSchemaOf([], json)).toBeNull();
  expect(
    answerSchemaOf(labels, { ...json, formatInstruction: "Give a reason too: {{format_sample}}" }),
  ).toBeNull();
  expect(answerSchemaOf(labels, { ...json, template: "{{options}} {{input}}" })).toBeNull();
});
