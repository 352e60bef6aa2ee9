import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { jobTests } from "../testing/harness";
import { start } from "../testing/scenario";

const { scenario, work, until, items } = jobTests();

const places: LabelDefinition = {
  name: "places",
  level: "span",
  options: [
    { value: "city", text: "city" },
    { value: "land", text: "country" },
  ],
};
const CONTENTS = ["🙂 From Rome to Oslo.", "Oslo, again Oslo", "Nothing here", "Nobody answers"];

/** What the double says of each text. */
const ANSWERS: [text: string, answer: string][] = [
  [
    "🙂 From Rome",
    '```json\n{"Sentiment": "positive", "Places": [{"text": "rome", "label": "City"}, {"text": "Oslo", "label": "country"}]}\n```',
  ],
  [
    "Oslo, again Oslo",
    '{"Sentiment": "neutral", "Places": [{"text": "Oslo", "label": "city", "occurrence": 2}, {"text": "Oslo", "label": "city"}]}',
  ],
  ["Nothing here", '{"Sentiment": "neutral", "Places": []}'],
  ["Nobody answers", '{"Sentiment": "neutral"}'],
];

describe("a job over labels of spans and of records", () => {
  it("writes spans where their words stand, and calls invalid what has no sure place", async () => {
    const made = await scenario({
      contents: CONTENTS,
      moreLabels: [places],
      prompt: { labels: ["sentiment", "places"], answer: "json" },
      double: {
        fault: ({ prompt }) => ({
          kind: "answer",
          text: ANSWERS.find(([text]) => prompt.includes(text))?.[1] ?? "",
        }),
      },
    });
    await work(made);
    const { id } = await start(made, { labels: ["sentiment", "places"] });
    const job = await until(made, id);
    expect(job.counts).toMatchObject({ total: 4, parsed: 2, invalid: 2 });
    const listed = await items(made, id);
    expect(listed.map(({ status, reason }) => [status, reason])).toEqual([
      ["parsed", null],
      ["invalid", "ambiguous_quote"],
      ["parsed", null],
      ["invalid", "no_field"],
    ]);
    const spans = await made.db.annotation.findMany({
      where: { annotatorId: id, labelName: "places", start: { gte: 0 } },
      orderBy: [{ recordId: "asc" }, { start: "asc" }],
    });
    const found = spans.map(({ recordId, level, start: from, end, value, conf, confReason, metadata }) => {
      const at = CONTENTS.findIndex((content) => made.recordIds.get(content) === recordId);
      const words = [...(CONTENTS[at] ?? "")].slice(from, end).join("");
      return { at, level, words, value, conf, confReason, metadata };
    });
    const common = { level: "span", conf: null, confReason: "no_logprobs" };
    expect(found).toEqual([
      {
        ...common,
        at: 0,
        words: "Rome",
        value: ["city"],
        metadata: { alignment: "normalised", alignmentScore: 1 },
      },
      { ...common, at: 0, words: "Oslo", value: ["land"], metadata: {} },
      { ...common, at: 1, words: "Oslo", value: ["city"], metadata: {} },
    ]);
    expect(spans[2]).toMatchObject({ start: 12, end: 16 });
    expect(listed[0]?.spans).toEqual([
      { label: "places", start: 7, end: 11, value: ["city"], conf: null },
      { label: "places", start: 15, end: 19, value: ["land"], conf: null },
    ]);
    expect(listed[0]?.labels).toEqual({ sentiment: ["pos"] });
    // That there is none is an answer as well, which can be verified; where nothing was read there is none.
    expect(listed[2]?.spans).toEqual([]);
    const empty = await made.db.annotation.findMany({
      where: { annotatorId: id, labelName: "places", start: { lt: 0 } },
    });
    expect(empty).toMatchObject([
      { recordId: made.recordIds.get("Nothing here"), level: "span", value: [], start: -2, end: -2 },
    ]);
  });
});

describe("a job whose confidence is not that of tokens", () => {
  it("is what the model states", async () => {
    const made = await scenario({
      contents: ["Hotel 12", "Rail 34"],
      prompt: { confidence: "verbalised" },
      double: {
        fault: ({ prompt }) => ({
          kind: "answer",
          text: prompt.includes("Hotel 12") ? "Sentiment: positive\nConfidence: 80%" : "Sentiment: negative",
        }),
      },
    });
    await work(made);
    const { id } = await start(made);
    await until(made, id);
    const labels = await made.db.annotation.findMany({
      where: { annotatorId: id },
      orderBy: { conf: "asc" },
    });
    expect(labels.map(({ conf, confMethod, confReason }) => [conf, confMethod, confReason])).toEqual([
      [0.8, "verbalised", null],
      [null, null, "not_stated"],
    ]);
    expect(labels[0]?.metadata).toMatchObject({ confFormula: "verbalised/1", confModel: "double-1" });
  });

  it("is the share of the named jobs that say the same", async () => {
    const made = await scenario({
      contents: ["x"],
      double: { fault: () => ({ kind: "answer", text: "positive" }) },
    });
    await work(made);
    const first = await start(made);
    await until(made, first.id);
    const { agentId } = await made.db.agentVersion.findUniqueOrThrow({ where: { id: made.agentVersionId } });
    const { db, actor } = made;
    const version = await db.agentVersion.findUniqueOrThrow({ where: { id: made.agentVersionId } });
    const compared = await db.agentVersion.create({
      data: {
        id: crypto.randomUUID(),
        projectId: actor.projectId,
        agentId,
        version: 2,
        provider: version.provider,
        baseUrl: version.baseUrl,
        model: { model: "double-1" },
        prompt: {
          labels: ["sentiment"],
          confidence: "agreement",
          agreeWith: [first.id, crypto.randomUUID()],
        },
        template: "",
        createdById: actor.userId,
      },
    });
    const second = await start({ ...made, agentVersionId: compared.id });
    await until(made, second.id);
    const [label] = await db.annotation.findMany({ where: { annotatorId: second.id } });
    expect(label).toMatchObject({ conf: 1, confMethod: "agreement", metadata: { confOthers: 1 } });
  });
});
