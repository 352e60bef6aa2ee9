import { describe, expect, it } from "vitest";
import { type PromptSettings, promptSettings } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { newId } from "@/server/platform/ids";
import { answerSchemaOf } from "../answer-schema";
import { readVerbalised } from "../confidence/verbalised";
import { readSpans } from "../spans/read-spans";
import { renderPrompt } from "./render-prompt";
import { validateTemplate } from "./validate-template";

const sentiment: LabelDefinition = {
  name: "sentiment",
  level: "record",
  options: [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
  ],
};
const places: LabelDefinition = { name: "places", level: "span", options: [{ value: "c", text: "city" }] };
const schema = [sentiment, places];

const prompt = (settings: Partial<PromptSettings>): PromptSettings =>
  promptSettings.parse({ labels: ["sentiment"], ...settings });
const messageOf = (settings: Partial<PromptSettings>) =>
  renderPrompt(schema, prompt(settings), { content: "Fine." }).messages.at(-1)?.content ?? "";

describe("a prompt that asks for a stated confidence", () => {
  it.each(["text", "json"] as const)("asks for it in a field of its own, which is read: %s", (answer) => {
    const message = messageOf({ confidence: "verbalised", answer });
    const field = /^.*Confidence.*$/m.exec(message)?.[0] ?? "";
    expect(field).toContain("number from 0 to 1");
    const filled = field.replace(/"?<number[^>]*>"?/, "0.4").replace("<sentiment>", "positive");
    expect(readVerbalised(filled, [sentiment])).toEqual({ sentiment: { conf: 0.4 } });
    expect(readVerbalised(message, [sentiment])).toEqual({
      sentiment: { conf: null, reason: "not_a_number" },
    });
  });

  it("asks for it in the schema of the answer too", () => {
    expect(
      answerSchemaOf([sentiment], prompt({ answer: "json", confidence: "verbalised" }))?.schema,
    ).toMatchObject({
      properties: { Sentiment: { enum: ["positive", "negative"] }, Confidence: { type: "number" } },
      required: ["Sentiment", "Confidence"],
    });
  });

  it("is as it was without", () => expect(messageOf({})).not.toMatch(/confidence/i));

  it.each<[Partial<PromptSettings>, string]>([
    [{ samples: 3 }, "samples"],
    [{ agreeWith: [newId()] }, "agreeWith"],
    [{ confidence: "agreement" }, "agreeWith"],
    [{ confidence: "self-consistency" }, "samples"],
    [{ confidence: "self-consistency", samples: 3, labels: ["places"] }, "confidence"],
    [{ confidence: "verbalised", template: "{{input}} {{options}} Answer in a word." }, "template"],
    [{ labels: ["places"], examples: [{ text: "In Rome.", labels: {} }] }, "examples.0.labels.places"],
  ])("says what can't be: %j", (settings, path) => {
    expect(validateTemplate(schema, prompt(settings)).map((problem) => problem.path)).toEqual([path]);
  });

  it.each<Partial<PromptSettings>>([
    { confidence: "self-consistency", samples: 3 },
    { confidence: "agreement", agreeWith: [newId()] },
    { confidence: "verbalised", template: "{{input}} {{options}}\n{{format_sample}}" },
    { confidence: "verbalised", labels: ["sentiment", "places"] },
  ])("takes %j", (settings) => expect(validateTemplate(schema, prompt(settings))).toEqual([]));
});

describe("a prompt that asks for spans", () => {
  it.each(["text", "json"] as const)("shows a form that is read, and says how to copy: %s", (answer) => {
    const message = messageOf({ labels: ["sentiment", "places"], answer });
    expect(message).toContain('[{"text": "<words copied from the text>", "label": "<places>"}, ...]');
    expect(message).toContain("Copy the words of each part exactly as they stand in the text.");
    const form = /^.*<places>.*$/m.exec(message)?.[0] ?? "";
    const filled = form
      .replace("<words copied from the text>", "Rome")
      .replace("<places>", "city")
      .replace(", ...", "");
    expect(readSpans(filled, schema, "Off to Rome!").places).toMatchObject({
      spans: [{ start: 7, end: 11, value: ["c"], method: "exact" }],
      reason: null,
    });
  });
});
