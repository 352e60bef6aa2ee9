import { expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { readTriedLabel } from "./read-tried-label";

const sentiment: LabelDefinition = {
  name: "sentiment",
  level: "record",
  options: [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
  ],
};
const places: LabelDefinition = { name: "places", level: "span", options: [{ value: "c", text: "city" }] };
const labels = [sentiment, places];
const answer = (text: string) => {
  return {
    text,
    tokens: null,
    finishReason: "stop",
    refusal: null,
    usage: null,
    servedModel: "m",
    latencyMs: 1,
  };
};

it("reads an answer as a job of the agent would: spans at their places, confidence by the agent's method", () => {
  const raw = answer(
    'Sentiment: positive\nSentiment confidence: 60%\nPlaces: [{"text": "Oslo", "label": "city"}]',
  );
  const reading = { labels, confidence: "verbalised" as const, content: "In Oslo" };
  expect(readTriedLabel(raw, sentiment, reading)).toEqual({
    name: "sentiment",
    value: ["pos"],
    conf: 0.6,
    confMethod: "verbalised",
    confReason: null,
    reason: null,
  });
  expect(readTriedLabel(raw, places, reading)).toMatchObject({
    value: null,
    spans: [{ start: 3, end: 7, value: ["c"] }],
    reason: null,
  });
});

it("says why there is none", () => {
  const reading = { labels, confidence: "option-probability" as const, content: "In Rome" };
  const raw = answer('Sentiment: positive\nPlaces: [{"text": "Oslo", "label": "city"}]');
  expect(readTriedLabel(raw, sentiment, reading)).toMatchObject({
    value: ["pos"],
    confReason: "no_logprobs",
  });
  expect(readTriedLabel(raw, places, reading)).toMatchObject({ spans: [], reason: "quote_not_found" });
  expect(readTriedLabel(answer("hm"), places, reading)).toMatchObject({ spans: [], reason: "no_field" });
});
