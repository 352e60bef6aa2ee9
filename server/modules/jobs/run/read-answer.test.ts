import fc from "fast-check";
import { expect, it } from "vitest";
import { expectedConfidence, seededAnswer } from "@/server/testing/llm-double";
import { readAnswer } from "./read-answer";
import { readAnswerSamples } from "./read-answer-samples";

const OPTIONS = [
  { value: "pos", text: "positive" },
  { value: "neg", text: "negative" },
  { value: "neu", text: "neutral" },
];
const sentiment = { name: "sentiment", level: "record" as const, options: OPTIONS };
const urgent = {
  name: "urgent",
  level: "record" as const,
  options: [
    { value: "y", text: "yes" },
    { value: "n", text: "no" },
  ],
};
const fields = [
  { field: "Sentiment", options: OPTIONS.map(({ text }) => text) },
  { field: "Urgent", options: ["yes", "no"] },
];
const reading = {
  promptedLabels: [sentiment, urgent],
  labels: ["sentiment", "urgent"],
  withConf: true,
  withLength: true,
  confidence: "option-probability" as const,
};

it("finds in any answer of a provider what it says, with the probability of what was chosen", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("text" as const, "json" as const), (content, form) => {
      const request = { model: "m", messages: [{ role: "user", content }] };
      const answer = seededAnswer(request, { fields, form, invalidShare: 0 });
      const read = readAnswer(
        { recordId: "r", raw: answer.text, finishReason: "stop", tokens: answer.tokens, servedModel: "m" },
        reading,
      );
      expect(read.reason).toBeNull();
      expect(read.labels).toHaveLength(2);
      for (const [at, label] of read.labels.entries()) {
        const field = answer.fields[at];
        const definition = reading.promptedLabels[at];
        if (!field || !definition) throw new Error("There are as many fields as labels.");
        const valueOfText = (text: string) =>
          definition.options.find((option) => option.text === text)?.value ?? "";
        expect(label.value).toEqual([valueOfText(field.chosen)]);
        expect(label.conf).toBeCloseTo(expectedConfidence(field), 9);
        expect(label.metadata).toMatchObject({
          length: [...answer.text].length,
          confFormula: "option-probability/1",
          confModel: "m",
        });
        // Of options that begin alike and were not taken, only the sum can be known.
        const { probabilities = {} } = label;
        expect(probabilities?.[valueOfText(field.chosen)]).toBe(label.conf);
        const whole = Object.values(probabilities ?? {}).reduce((sum, mass) => sum + mass, 0);
        expect(whole).toBeCloseTo(1, 9);
      }
    }),
    { numRuns: 300 },
  );
});

it("keeps a label that was read beside one that was not, and calls the answer invalid", () => {
  const raw = "Sentiment: negative\nUrgent: perhaps";
  const read = readAnswer(
    { recordId: "r", raw, finishReason: "stop", tokens: null, servedModel: null },
    reading,
  );
  expect(read.reason).toBe("unknown_option");
  expect(read.labels).toMatchObject([
    { label: "sentiment", value: ["neg"], conf: null, confReason: "no_logprobs" },
  ]);
});

it("reads only the labels of the job, and no confidence that was not asked for", () => {
  const raw = "Sentiment: positive\nUrgent: perhaps";
  const one = { ...reading, labels: ["sentiment"], withConf: false, withLength: false };
  const read = readAnswer({ recordId: "r", raw, finishReason: "stop", tokens: null, servedModel: null }, one);
  expect(read).toEqual({
    recordId: "r",
    reason: null,
    labels: [
      {
        recordId: "r",
        label: "sentiment",
        level: "record",
        value: ["pos"],
        conf: null,
        confMethod: null,
        confReason: "not_asked",
        probabilities: null,
        metadata: {},
      },
    ],
  });
});

it("takes nothing from a refusal, whatever it names", () => {
  const read = readAnswer(
    { recordId: "r", raw: "positive", finishReason: "refusal", tokens: null, servedModel: null },
    reading,
  );
  expect(read).toEqual({ recordId: "r", reason: "refusal", labels: [] });
});

const places = { name: "places", level: "span" as const, options: [{ value: "c", text: "city" }] };

it("reads spans where the record's text is known, each at its place", () => {
  const raw =
    'Sentiment: positive\nPlaces: [{"text": "ROME", "label": "city"}, {"text": "Oslo", "label": "city"}]';
  const both = { ...reading, promptedLabels: [sentiment, places], labels: ["sentiment", "places"] };
  const answer = { recordId: "r", raw, finishReason: "stop", tokens: null, servedModel: null };
  const read = readAnswer(answer, both, { text: "🙂 Rome and Oslo" });
  expect(read.reason).toBeNull();
  expect(read.labels).toMatchObject([
    { label: "sentiment", value: ["pos"] },
    { label: "places", level: "span", value: ["c"], start: 2, end: 6, metadata: { alignment: "normalised" } },
    { label: "places", level: "span", value: ["c"], start: 11, end: 15 },
  ]);
  const none = readAnswer({ ...answer, raw: "Sentiment: positive\nPlaces: []" }, both, { text: "Here" });
  expect(none).toMatchObject({
    reason: null,
    labels: [{}, { label: "places", level: "span", value: [], start: -2, end: -2, conf: null }],
  });
  const elsewhere = readAnswer(answer, both, { text: "Rome" });
  expect(elsewhere).toMatchObject({ reason: "quote_not_found", labels: [{}, { start: 0, end: 4 }] });
});

it("compares with other jobs, and says how sure the model said it is", () => {
  const raw = "Sentiment: positive\nConfidence: 70%";
  const answer = { recordId: "r", raw, finishReason: "stop", tokens: null, servedModel: "m" };
  const one = { ...reading, promptedLabels: [sentiment], labels: ["sentiment"], withLength: false };
  const stated = readAnswer(answer, { ...one, confidence: "verbalised" });
  expect(stated.labels).toMatchObject([
    { conf: 0.7, confMethod: "verbalised", metadata: { confFormula: "verbalised/1", confModel: "m" } },
  ]);
  const agreed = readAnswer(
    answer,
    { ...one, confidence: "agreement" },
    {
      others: { sentiment: [["pos"], ["neg"], null] },
    },
  );
  expect(agreed.labels).toMatchObject([{ conf: 0.5, confMethod: "agreement", metadata: { confOthers: 2 } }]);
});

it("takes of several answers what most of them say", () => {
  const sample = (raw: string, finishReason = "stop") => {
    return { recordId: "r", raw, finishReason, tokens: null, servedModel: "m" };
  };
  const sampled = { ...reading, confidence: "self-consistency" as const };
  const samples = [
    sample("Sentiment: positive\nUrgent: no"),
    sample("Sentiment: positive\nUrgent: yes"),
    sample("Sentiment: negative\nUrgent: maybe"),
    sample("positive", "refusal"),
  ];
  expect(readAnswerSamples(samples, sampled)).toMatchObject({
    recordId: "r",
    reason: "tie",
    labels: [
      {
        label: "sentiment",
        value: ["pos"],
        conf: 0.5,
        confMethod: "self-consistency",
        metadata: { confSamples: 4, confVotes: 2, confFormula: "self-consistency/1", confModel: "m" },
      },
    ],
  });
  expect(readAnswerSamples([sample("hm"), sample("hm")], sampled)).toMatchObject({
    reason: "no_field",
    labels: [],
  });
});
