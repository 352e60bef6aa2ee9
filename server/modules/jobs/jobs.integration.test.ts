import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Job } from "@/contracts/jobs";
import type { Worker } from "@/server/platform/queue";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { expectedConfidence, seededAnswer } from "@/server/testing/llm-double";
import { waitFor } from "@/server/testing/wait-for";
import { getJob, listJobItems } from ".";
import {
  createScenario,
  FIELD,
  MODEL,
  messagesFor,
  optionValue,
  type Scenario,
  type ScenarioOptions,
  start,
  startJobWorker,
  texts,
} from "./testing/scenario";

let test: TestDatabase;
const scenarios: Scenario[] = [];
const workers: Worker[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  for (const { double, listener } of scenarios.splice(0)) {
    await listener.close();
    await double.close();
  }
  await test.pool.query(`delete from "Task"`);
});
afterAll(() => test.drop());

async function scenario(options: ScenarioOptions): Promise<Scenario> {
  const made = await createScenario(test, options);
  scenarios.push(made);
  return made;
}

async function work(made: Scenario): Promise<Worker> {
  const worker = await startJobWorker(made);
  workers.push(worker);
  return worker;
}

const ended = ({ status }: Job) => status === "succeeded" || status === "failed" || status === "cancelled";

/** The job once `condition` holds. */
function until(
  made: Scenario,
  id: string,
  condition: (job: Job) => boolean,
  what = "the job's end",
): Promise<Job> {
  return waitFor(
    what,
    async () => {
      const job = await getJob(made.db, made.actor, { id });
      return condition(job) ? job : null;
    },
    20_000,
  );
}

const answerTo = (content: string) =>
  seededAnswer({ model: MODEL, messages: messagesFor(content) }, { fields: [FIELD] });

async function items(made: Scenario, id: string) {
  const list = await listJobItems(made.db, made.actor, { project: "", id, limit: 1000 });
  return list.items;
}

describe("a job", () => {
  it("labels every record as the answers say, with confidence, counts and a report that stays", async () => {
    const contents = texts(300);
    const made = await scenario({
      contents,
      model: { price: { inputPerMillion: 0.5, outputPerMillion: 1.5 } },
    });
    await work(made);
    const { id } = await start(made);
    const job = await until(made, id, ended);

    const answers = contents.map(answerTo);
    const valid = answers.filter(({ kind }) => kind === "valid");
    expect(valid.length).toBeGreaterThan(200);
    expect(valid.length).toBeLessThan(300);
    expect(job.status).toBe("succeeded");
    expect(job.counts).toEqual({
      total: 300,
      prompted: 300,
      promptInvalid: 0,
      called: 300,
      callFailed: 0,
      parsed: valid.length,
      invalid: 300 - valid.length,
      cached: 0,
      uncertain: 0,
    });
    const distribution: Record<string, number> = {};
    for (const { fields } of valid) {
      const value = optionValue(fields[0]?.chosen ?? "") ?? "";
      distribution[value] = (distribution[value] ?? 0) + 1;
    }
    expect(job.distribution).toEqual({ sentiment: distribution });
    const sum = (of: (usage: { prompt: number; completion: number }) => number) =>
      answers.reduce((total, { usage }) => total + of(usage), 0);
    expect(job.tokens).toEqual({
      prompt: sum((u) => u.prompt),
      completion: sum((u) => u.completion),
      estimated: false,
    });
    const cost = answers.reduce(
      (total, { usage }) => total + Math.ceil((usage.prompt * 5 + usage.completion * 15) / 10),
      0,
    );
    expect(job.costUsd).toBe(cost / 1e6);
    expect(job.confidence.missing).toBe(0);
    expect(job.confidence.bins.reduce((total, { count }) => total + count, 0)).toBe(valid.length);
    expect(made.double.calls).toHaveLength(300);
    expect(made.double.mostAtOnce()).toBeLessThanOrEqual(8);

    const listed = await items(made, id);
    expect(listed.map(({ content }) => content)).toEqual(contents);
    for (const item of listed) {
      const expected = answerTo(item.content);
      expect(item.prompt).toBe(messagesFor(item.content)[0]?.content);
      expect(item.rawAnswer).toBe(expected.refusal ?? expected.text);
      expect(item.status).toBe(expected.kind === "valid" ? "parsed" : "invalid");
      const [field] = expected.fields;
      if (!field) throw new Error("The double answered no field.");
      expect(item.value).toEqual(expected.kind === "valid" ? [optionValue(field.chosen)] : null);
      if (expected.kind === "valid") expect(item.conf).toBeCloseTo(expectedConfidence(field), 9);
    }
    const row = await made.db.job.findUniqueOrThrow({ where: { id } });
    expect(row.report).not.toBeNull();
    expect(row.reservedMicroUsd).toBe(0n);
  });
});
