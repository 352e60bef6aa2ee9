import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { realInput } from "@/server/testing/real-inputs";
import { agreement } from "./agreement";
import { CONFIDENCE_FORMULAS, labelConfidence } from "./label-confidence";
import { selfConsistency } from "./self-consistency";
import { readVerbalised } from "./verbalised";

const politeness: LabelDefinition = {
  name: "politeness",
  level: "record",
  options: [
    { value: "1", text: "polite" },
    { value: "0", text: "impolite" },
  ],
};
const topic: LabelDefinition = { ...politeness, name: "topic" };

const stated = (raw: string, labels = [politeness]) => {
  const read = readVerbalised(raw, labels)[labels[0]?.name ?? ""];
  return read?.conf ?? (read && "reason" in read ? read.reason : undefined);
};

describe("what a model states of its own answer", () => {
  it.each<[string, number | string]>([
    ["Politeness: polite\nConfidence: 0.85", 0.85],
    ["Politeness: polite\n**Confidence:** 85%", 0.85],
    ["Politeness: polite\nConfidence: 85 percent.", 0.85],
    ["Politeness: polite\nConfidence: 0,7", 0.7],
    ["Politeness: polite\nConfidence: .5 (I wavered)", 0.5],
    ["Politeness: polite\nConfidence: 1", 1],
    ["Politeness: polite\nConfidence: 0", 0],
    ['{"Politeness": "polite", "Confidence": 0.25}', 0.25],
    ['{"politeness": "polite", "confidence": "25%"}', 0.25],
    ["<think>Confidence: 0.1?</think>Politeness: polite\nConfidence: 0.9", 0.9],
    ["Confidence: 0.9\nPoliteness: polite", 0.9],
    ["Politeness: polite; Confidence: 0.9", 0.9],
    ["Politeness: polite", "not_stated"],
    ["0.9", "not_stated"],
    ["Politeness: polite\nConfidence: high", "not_a_number"],
    ["Politeness: polite\nConfidence: 9/10", "not_a_number"],
    ["Politeness: polite\nConfidence: 0.8-0.9", "not_a_number"],
    ["Politeness: polite\nConfidence: -0.2", "not_a_number"],
    ["Politeness: polite\nConfidence: not 0.9", "not_a_number"],
    ["Politeness: polite\nConfidence: 85", "out_of_range"],
    ["Politeness: polite\nConfidence: 120%", "out_of_range"],
    ['{"Politeness": "polite", "Confidence": 1.5}', "out_of_range"],
    ['{"Politeness": "polite", "Confidence": null}', "not_a_number"],
    ["Confidence: 0.9\nConfidence: 0.8", "conflicting_fields"],
    ["Confidence: 0.9\nConfidence: 0.9", 0.9],
  ])("%j: %s", (raw, expected) => expect(stated(raw)).toBe(expected));

  it("is of the label whose field it is", () => {
    const raw = "Politeness: polite\nPoliteness confidence: 0.6\nTopic: polite\nTopic confidence: 20%";
    expect(readVerbalised(raw, [politeness, topic])).toEqual({
      politeness: { conf: 0.6 },
      topic: { conf: 0.2 },
    });
    const json = '{"Politeness": "polite", "Politeness_confidence": 0.6, "Topic": "polite"}';
    expect(readVerbalised(json, [politeness, topic])).toEqual({
      politeness: { conf: 0.6 },
      topic: { conf: null, reason: "not_stated" },
    });
  });

  it("never throws, and is never outside 0 to 1", () => {
    const scraps = fc.array(
      fc.oneof(fc.constantFrom("Confidence", ": ", "0.", "9", "%", "\n", "{", '"'), fc.string()),
    );
    fc.assert(
      fc.property(scraps, (parts) => {
        const { politeness: read } = readVerbalised(parts.join(""), [politeness]);
        if (read?.conf === null || read === undefined) return;
        expect(read.conf).toBeGreaterThanOrEqual(0);
        expect(read.conf).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000, seed: 61 },
    );
  });

  const dataset = realInput("llm-outputs/politeness_dataset.csv");
  it.skipIf(dataset.missing)("is read from 5,480 numbers that a model stated", () => {
    const rows: Record<string, string>[] = parse(readFileSync(path.join(dataset.path)), { columns: true });
    expect(rows).toHaveLength(5480);
    for (const row of rows) {
      const [said = "", number = ""] = [row["Prediction_gpt-4o"], row["Confidence_gpt-4o"]];
      expect(stated(`Politeness: ${said}\nConfidence: ${number}`)).toBe(Number(number));
      expect(stated(JSON.stringify({ Politeness: said, Confidence: Number(number) }))).toBe(Number(number));
    }
  });
});

describe("self-consistency", () => {
  it.each([
    [[["a"], ["a"], ["b"]], { ok: true, value: ["a"], conf: 2 / 3, samples: 3, votes: 2 }],
    [[["a", "b"], ["b", "a"], ["a"]], { ok: true, value: ["a", "b"], conf: 2 / 3, samples: 3, votes: 2 }],
    [[["a"], null, null, null], { ok: true, value: ["a"], conf: 1 / 4, samples: 4, votes: 1 }],
    [[["a"], ["b"], null], { ok: false, reason: "tie", samples: 3 }],
    [[["a"], ["b"], ["a"], ["b"], ["c"]], { ok: false, reason: "tie", samples: 5 }],
    [[null, null], { ok: false, reason: "no_readable_sample", samples: 2 }],
    [[], { ok: false, reason: "no_readable_sample", samples: 0 }],
  ])("of %j is %j", (samples, expected) => expect(selfConsistency(samples)).toEqual(expected));

  it("does not depend on the order of the samples", () => {
    const sample = fc.option(fc.constantFrom(["a"], ["b"], ["a", "b"]), { nil: null });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 20 }), (samples) => {
        const [one, other] = [selfConsistency(samples), selfConsistency([...samples].reverse())];
        const set = (read: typeof one) => (read.ok ? { ...read, value: [...read.value].sort() } : read);
        expect(set(other)).toEqual(set(one));
      }),
      { seed: 62 },
    );
  });
});

describe("agreement with other jobs", () => {
  it.each([
    [["a"], [["a"], ["b"], null], { conf: 1 / 2, others: 2 }],
    [["a", "b"], [["b", "a"]], { conf: 1, others: 1 }],
    [["a"], [["b"]], { conf: 0, others: 1 }],
    [["a"], [null], { conf: null, reason: "no_other_labels" }],
    [["a"], [], { conf: null, reason: "no_other_labels" }],
  ])("%j beside %j is %j", (value, others, expected) => expect(agreement(value, others)).toEqual(expected));
});

describe("the number beside a label", () => {
  const raw = "Politeness: polite\nConfidence: 0.8";
  const input = {
    raw,
    tokens: [
      { token: "Politeness: ", logprob: 0, top: [] },
      { token: "polite", logprob: Math.log(0.6), top: [{ token: "impolite", logprob: Math.log(0.2) }] },
      { token: "\nConfidence: 0.8", logprob: 0, top: [] },
    ],
    label: politeness,
    labels: [politeness],
    value: ["1"],
    range: { start: 12, end: 18 },
    model: "m-1",
    others: [["1"], ["0"], ["1"]],
  };

  it("comes with its method, formula and model", () => {
    expect(labelConfidence({ ...input, method: "option-probability" })).toEqual({
      conf: expect.closeTo(0.75, 12),
      method: "option-probability",
      probabilities: { "1": expect.closeTo(0.75, 12), "0": expect.closeTo(0.25, 12) },
      details: { confMass: expect.closeTo(0.8, 12), confFormula: "option-probability/1", confModel: "m-1" },
    });
    expect(labelConfidence({ ...input, method: "verbalised" })).toEqual({
      conf: 0.8,
      method: "verbalised",
      probabilities: null,
      details: { confFormula: "verbalised/1", confModel: "m-1" },
    });
    expect(labelConfidence({ ...input, method: "agreement", model: null })).toEqual({
      conf: 2 / 3,
      method: "agreement",
      probabilities: null,
      details: { confOthers: 3, confFormula: "agreement/1" },
    });
  });

  it("is missing for a reason", () => {
    expect(labelConfidence({ ...input, method: "option-probability", tokens: null })).toEqual({
      conf: null,
      reason: "no_logprobs",
    });
    expect(labelConfidence({ ...input, method: "self-consistency" })).toEqual({
      conf: null,
      reason: "one_sample",
    });
  });

  it("has a formula for every method", () => {
    for (const [method, formula] of Object.entries(CONFIDENCE_FORMULAS))
      expect(formula).toMatch(`${method}/`);
  });
});
