import { describe, expect, it } from "vitest";
import { divisions, newSampleDraft, readSampleDraft, type SampleDraft, stratumWords } from "./sample-draft";

const job = {
  id: "01a2",
  kind: "job" as const,
  name: "Agent",
  labels: ["mood", "parts"],
  createdAt: "2026-03-01T09:00:00Z",
};
const options = [{ value: "pos", text: "Positive" }];
const known = divisions({
  labels: [
    { name: "mood", level: "record", options },
    { name: "parts", level: "span", options },
  ],
  metadata: [{ name: "a region", type: "string", visibility: "team" }],
  annotators: [job],
});
const read = (part: Partial<SampleDraft>) => readSampleDraft({ ...newSampleDraft(7), ...part }, known);

describe("what can divide records", () => {
  it("is metadata, record labels of anybody, and a job's confidence in them; never spans", () => {
    expect(known.map(({ by }) => by)).toEqual([
      { metadata: "a region" },
      { label: "mood", annotator: job.id },
      { confidence: { label: "mood", annotator: job.id }, bins: 10 },
    ]);
  });
});

describe("a sample as it is typed", () => {
  it("asks for so many, or a share, by a seed", () => {
    expect(read({}).sample).toEqual({ size: 100, seed: 7 });
    expect(read({ sizeAs: "share", share: "12,5" }).sample).toEqual({ share: 0.125, seed: 7 });
  });

  it("divides as chosen", () => {
    const division = `confidence ${job.id} mood`;
    expect(read({ division, bins: "4", allocation: "equal" }).sample).toEqual({
      size: 100,
      seed: 7,
      stratifyBy: { confidence: { label: "mood", annotator: job.id }, bins: 4 },
      allocation: "equal",
    });
    const given = { '"north"': "3", null: "" };
    expect(read({ division: "metadata a region", allocation: "given", given, size: "" }).sample).toEqual({
      seed: 7,
      stratifyBy: { metadata: "a region" },
      allocation: [
        { stratum: "north", size: 3 },
        { stratum: null, size: 0 },
      ],
    });
  });

  it.each<[Partial<SampleDraft>, string]>([
    [{ size: "0" }, "size"],
    [{ sizeAs: "share", share: "101" }, "size"],
    [{ seed: "-1" }, "seed"],
    [{ division: `confidence ${job.id} mood`, bins: "1" }, "bins"],
    [{ division: "metadata a region", allocation: "given", given: {} }, "given"],
  ])("%j is refused at %s", (part, field) => {
    const { sample, problems } = read(part);
    expect(sample).toBeNull();
    expect(Object.keys(problems)).toEqual([field]);
  });
});

describe("a stratum in words", () => {
  it.each([
    [null, undefined, "All records"],
    [null, { metadata: "k" }, "None"],
    ["", { metadata: "k" }, "Empty text"],
    [2.5, { metadata: "k" }, "2.5"],
    [["a", "b"], { label: "mood", annotator: job.id }, "a, b"],
    [[0.5, 0.6], { confidence: { label: "mood", annotator: job.id }, bins: 10 }, "0.5 to 0.6"],
  ])("%j by %j is %s", (value, by, words) => {
    expect(stratumWords(value, by)).toBe(words);
  });
});
