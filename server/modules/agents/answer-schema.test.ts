import { expect, it } from "vitest";
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

it("is the form that the prompt asks for in words: the same fields, options by text, nothing else", () => {
  const form = answerSchemaOf(labels);
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

it("is none for spans, or without labels", () => {
  expect(answerSchemaOf([])).toBeNull();
  expect(
    answerSchemaOf([{ name: "who", level: "span", options: [{ value: "p", text: "person" }] }]),
  ).toBeNull();
});
