import { describe, expect, it } from "vitest";
import { type Fault, seededAnswer } from "@/server/testing/llm-double";
import { jobTests } from "../testing/harness";
import { FIELD, MODEL, messagesFor, start, texts } from "../testing/scenario";

const { scenario, work, until, items } = jobTests();
const readable = { invalidShare: 0 };

describe("an answer in another form", () => {
  const contents = texts(4);
  const chosen = contents.map(
    (content) =>
      seededAnswer({ model: MODEL, messages: messagesFor(content) }, { fields: [FIELD], ...readable })
        .fields[0]?.chosen,
  );
  const values = chosen.map((text) => (text === "neutral" ? "neu" : text?.slice(0, 3)));

  async function run(fault: Fault) {
    const made = await scenario({ contents, double: { ...readable, fault: () => fault } });
    await work(made);
    const { id } = await start(made);
    const job = await until(made, id);
    expect(job.counts).toMatchObject({ parsed: 4, invalid: 0 });
    const listed = await items(made, id);
    expect(listed.map(({ value }) => value?.[0])).toEqual(values);
    return { job, made, listed };
  }

  it("fenced JSON is read", () => run({ kind: "fenced-json" }));

  it("without log-probabilities there is a label and no confidence, with the reason", async () => {
    const { job, made } = await run({ kind: "no-logprobs" });
    expect(job.confidence).toMatchObject({ missing: 4 });
    const labels = await made.db.annotation.findMany({ where: { annotatorId: job.id } });
    expect(labels.map(({ conf, confReason }) => [conf, confReason])).toEqual(
      Array.from({ length: 4 }, () => [null, "no_logprobs"]),
    );
  });

  it("without usage tokens are counted here, and said to be estimated", async () => {
    const { job } = await run({ kind: "no-usage" });
    expect(job.tokens.estimated).toBe(true);
    expect(job.tokens.prompt).toBeGreaterThan(100);
  });

  it("from another model is told", async () => {
    const { job, listed } = await run({ kind: "other-model", model: "double-1-0613" });
    expect(job.servedModels).toEqual([{ name: "double-1-0613", count: 4 }]);
    expect(listed[0]?.servedModel).toBe("double-1-0613");
  });

  it("a character that can't be stored is replaced, and the rest is kept", async () => {
    const made = await scenario({
      contents: ["x"],
      double: { fault: () => ({ kind: "answer", text: "a\0b" }) },
    });
    await work(made);
    const job = await until(made, (await start(made)).id);
    expect(job.invalidAnswers).toEqual([{ text: "a\uFFFDb", count: 1 }]);
  });
});
