import { describe, expect, it } from "vitest";
import type { Fault } from "@/server/testing/llm-double";
import { waitFor } from "@/server/testing/wait-for";
import { listJobItems, recomputeConfidence, retryFailed } from "..";
import { jobTests } from "../testing/harness";
import { messagesFor, type Scenario, start, texts } from "../testing/scenario";

const { scenario, work, until, items } = jobTests();
const prompt = { confidence: "self-consistency", samples: 3 };
/** What is answered to each text, call by call. */
const ANSWERS: Record<string, string[]> = {
  "two of three": ["Sentiment: positive", "Sentiment: negative", "Sentiment: positive"],
  "one can't be read": ["Sentiment: negative", "No idea", "Sentiment: negative"],
  "all differ": ["Sentiment: positive", "Sentiment: negative", "Sentiment: neutral"],
  "none can be read": ["Well", "Hmm", "No idea"],
  "all agree": ["Sentiment: neutral", "neutral", '{"Sentiment": "neutral"}'],
};
const contents = Object.keys(ANSWERS);

const answering = ({ prompt: sent, numberOfPrompt }: { prompt: string; numberOfPrompt: number }): Fault => {
  const content = contents.find((one) => sent.includes(one)) ?? "";
  return { kind: "answer", text: ANSWERS[content]?.[numberOfPrompt - 1] ?? "asked too often" };
};

/** How often each text was asked about. */
const asked = ({ double }: Scenario, of: readonly string[]) =>
  of.map((content) => double.countOf(messagesFor(content).at(-1)?.content ?? ""));

describe("a job whose agent asks several times", () => {
  it("takes what most answers say, with their share of all answers as confidence", async () => {
    const made = await scenario({ contents, prompt, double: { fault: answering } });
    await work(made);
    const { id } = await start(made, { labelMetadata: ["conf"] });
    const job = await until(made, id);
    expect(job.counts).toMatchObject({ total: 5, called: 5, parsed: 3, invalid: 2, callFailed: 0 });
    expect(asked(made, contents)).toEqual([3, 3, 3, 3, 3]);
    const listed = await items(made, id);
    expect(listed.map(({ value, conf, reason }) => [value, conf, reason])).toEqual([
      [["pos"], 2 / 3, null],
      [["neg"], 2 / 3, null],
      [null, null, "tie"],
      [null, null, "no_field"],
      [["neu"], 1, null],
    ]);
    expect(listed[2]?.rawAnswer).toBe(
      "1. Sentiment: positive\n2. Sentiment: negative\n3. Sentiment: neutral",
    );
    expect(listed.every(({ prompt: shown }) => shown !== null)).toBe(true);
    const used = made.double.completions.reduce((sum, { usage }) => sum + (usage?.prompt ?? 0), 0);
    expect(job.tokens.prompt).toBe(used);
    const [label] = await made.db.annotation.findMany({ where: { annotatorId: id, value: { has: "pos" } } });
    expect(label).toMatchObject({ confMethod: "self-consistency" });
    expect(label?.metadata).toMatchObject({ confSamples: 3, confVotes: 2 });
    expect(await recomputeConfidence(made.db, made.actor, { id })).toMatchObject({
      compared: 3,
      same: 3,
      skipped: 0,
    });
  });

  it("asks for no answer twice when its worker stops on the way, and shares those it has", async () => {
    const own = texts(12);
    const made = await scenario({
      contents: [...own, own[0] ?? ""],
      prompt,
      model: { seed: 7, temperature: 1 },
      double: { invalidShare: 0, fault: () => ({ kind: "delay", ms: 30 }) },
    });
    const first = await work(made);
    const { id } = await start(made, { concurrency: 4 });
    await waitFor("some answers", () => made.double.completions.length > 10);
    await first.stop();
    await work(made);
    const { counts } = await until(made, id);
    expect(counts).toMatchObject({ total: 13, parsed: 13, cached: 1, uncertain: 0 });
    expect(asked(made, own)).toEqual(own.map(() => 3));
    const rows = await made.db.jobSample.findMany({ where: { jobId: id } });
    expect(rows).toHaveLength(3 * 13);
    // Another job with the same agent finds all of them.
    const second = await start(made);
    expect((await until(made, second.id)).counts).toMatchObject({ parsed: 13, cached: 13 });
    expect(asked(made, own)).toEqual(own.map(() => 3));
    const list = await listJobItems(made.db, made.actor, { project: "", id: second.id, limit: 100 });
    expect(list.items.every(({ conf }) => conf === 1)).toBe(true);
  });

  it("goes on where it was when calls failed for good and are retried", async () => {
    let down = false;
    const [content = ""] = texts(1);
    const made = await scenario({
      contents: [content],
      prompt,
      double: {
        invalidShare: 0,
        fault: ({ numberOfPrompt }) => (down && numberOfPrompt > 1 ? { kind: "status", status: 400 } : null),
      },
    });
    down = true;
    await work(made);
    const { id } = await start(made);
    expect((await until(made, id)).counts).toMatchObject({ callFailed: 1, parsed: 0 });
    down = false;
    await retryFailed(made.db, made.actor, { project: "", id });
    expect((await until(made, id)).counts).toMatchObject({ callFailed: 0, parsed: 1 });
    // One answer, one refused call, and the two that were missing.
    expect(asked(made, [content])).toEqual([4]);
  });
});
