import { describe, expect, it } from "vitest";
import { estimateJobInput } from "@/contracts/jobs";
import { createGate } from "@/server/testing/gate";
import { seededAnswer } from "@/server/testing/llm-double";
import { waitFor } from "@/server/testing/wait-for";
import { cancelJob, estimateJob, pauseJob, resumeJob, retryFailed } from ".";
import { jobTests } from "./testing/harness";
import { FIELD, MODEL, messagesFor, type Scenario, start, texts } from "./testing/scenario";

const { scenario, work, until } = jobTests();

const called = (made: Scenario, jobId: string) =>
  made.db.jobItem.count({ where: { jobId, answeredAt: { not: null } } });
const ref = (id: string) => ({ project: "", id });

describe("pause and resume", () => {
  it("starts no further call, finishes those under way, and goes on where it stopped", async () => {
    const { passed, open } = createGate();
    const made = await scenario({
      contents: texts(40),
      double: { fault: () => ({ kind: "wait", until: passed }), invalidShare: 0 },
    });
    await work(made);
    const { id } = await start(made, { concurrency: 5 });
    await waitFor("five calls", () => made.double.calls.length === 5);
    const paused = await pauseJob(made.db, made.actor, ref(id));
    expect(paused).toMatchObject({ status: "paused", pausedReason: "person" });
    open();
    await waitFor("the calls under way", async () => (await called(made, id)) === 5);
    await waitFor("the worker's rest", async () => (await made.db.task.count()) === 0);
    expect(made.double.calls).toHaveLength(5);

    expect(await resumeJob(made.db, made.actor, ref(id))).toMatchObject({
      status: "running",
      pausedReason: null,
    });
    expect(await until(made, id)).toMatchObject({
      status: "succeeded",
      counts: { parsed: 40, uncertain: 0 },
    });
    expect(made.double.calls).toHaveLength(40);
    for (const { prompt } of made.double.calls) expect(made.double.countOf(prompt)).toBe(1);
  });

  it("puts back the calls that were opened ahead, as if they had never been", async () => {
    const { passed, open } = createGate();
    const [records, quick, concurrency] = [200, 100, 16];
    const made = await scenario({
      contents: texts(records),
      double: {
        fault: ({ number }) => (number <= quick ? null : { kind: "wait", until: passed }),
        invalidShare: 0,
      },
    });
    await work(made);
    const { id } = await start(made, { concurrency });
    const attempts = (where: object) => made.db.jobAttempt.count({ where: { jobId: id, ...where } });
    await waitFor("the calls that hang", () => made.double.calls.length === quick + concurrency);
    await waitFor("the rest to be put back", async () => (await attempts({ outcome: null })) === concurrency);
    expect(await attempts({ errorKind: "not_asked" })).toBeGreaterThan(0);
    await pauseJob(made.db, made.actor, ref(id));
    open();
    await waitFor("the worker's rest", async () => (await made.db.task.count()) === 0);
    expect(made.double.calls).toHaveLength(quick + concurrency);
    const left = await made.db.jobItem.findMany({ where: { jobId: id, answeredAt: null } });
    expect(left.map(({ status, attempts }) => ({ status, attempts }))).toEqual(
      Array.from({ length: records - quick - concurrency }, () => ({ status: "queued", attempts: 0 })),
    );
    await resumeJob(made.db, made.actor, ref(id));
    expect(await until(made, id)).toMatchObject({
      status: "succeeded",
      counts: { parsed: records, uncertain: 0 },
    });
    for (const { prompt } of made.double.calls) expect(made.double.countOf(prompt)).toBe(1);
  });

  it("holds a job that has not begun, too", async () => {
    const made = await scenario({ contents: texts(3) });
    const { id } = await start(made);
    await pauseJob(made.db, made.actor, ref(id));
    await work(made);
    await waitFor("the task", async () => (await made.db.task.count()) === 0);
    expect(made.double.calls).toEqual([]);
    await resumeJob(made.db, made.actor, ref(id));
    expect(await until(made, id)).toMatchObject({ status: "succeeded", counts: { called: 3 } });
  });

  it("is refused where it makes no sense", async () => {
    const made = await scenario({ contents: texts(2) });
    await work(made);
    const { id } = await start(made);
    await expect(retryFailed(made.db, made.actor, ref(id))).rejects.toMatchObject({ code: "conflict" });
    await until(made, id);
    for (const change of [pauseJob, resumeJob, cancelJob])
      await expect(change(made.db, made.actor, ref(id))).rejects.toMatchObject({ code: "conflict" });
    const other = await scenario({ contents: texts(1) });
    for (const change of [pauseJob, resumeJob, cancelJob, retryFailed])
      await expect(change(made.db, other.actor, ref(id))).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("cancel", () => {
  it("ends a running job for good; what it has written stays", async () => {
    const { passed, open } = createGate();
    const made = await scenario({
      contents: texts(200),
      double: {
        fault: ({ number }) => (number > 100 ? { kind: "wait", until: passed } : null),
        invalidShare: 0,
      },
    });
    await work(made);
    const { id } = await start(made, { concurrency: 4 });
    await waitFor("some answers", async () => (await called(made, id)) >= 10);
    await cancelJob(made.db, made.actor, ref(id));
    open();
    const job = await until(made, id);
    const calls = made.double.calls.length;
    expect(job.status).toBe("cancelled");
    expect(job.counts.parsed).toBe(calls);
    expect(calls).toBeLessThan(200);
    expect(await made.db.annotation.count({ where: { annotatorId: id } })).toBe(calls);
    await expect(resumeJob(made.db, made.actor, ref(id))).rejects.toMatchObject({ code: "conflict" });
    await waitFor("the worker's rest", async () => (await made.db.task.count()) === 0);
    expect(made.double.calls).toHaveLength(calls);
  });

  it("ends a job that waits or is paused at once, without a worker", async () => {
    const made = await scenario({ contents: texts(2) });
    const waiting = await start(made);
    expect(await cancelJob(made.db, made.actor, ref(waiting.id))).toMatchObject({ status: "cancelled" });
    const paused = await start(made);
    await pauseJob(made.db, made.actor, ref(paused.id));
    expect(await cancelJob(made.db, made.actor, ref(paused.id))).toMatchObject({ status: "cancelled" });
    await work(made);
    await waitFor("the tasks", async () => (await made.db.task.count()) === 0);
    expect(made.double.calls).toEqual([]);
  });
});

describe("a spend cap", () => {
  const price = { inputPerMillion: 1000, outputPerMillion: 2000 };
  const cost = (content: string) => {
    const { usage } = seededAnswer({ model: MODEL, messages: messagesFor(content) }, { fields: [FIELD] });
    return (usage.prompt * 1000 + usage.completion * 2000) / 1e6;
  };

  it.each([1, 8])(
    "is never passed with %i calls at a time; the job pauses and a higher one lets it go on",
    async (concurrency) => {
      const contents = texts(60);
      const whole = contents.reduce((sum, content) => sum + cost(content), 0);
      const made = await scenario({ contents, model: { price, max_tokens: 10 } });
      await work(made);
      const spendCapUsd = Number((whole / 3).toFixed(2));
      const { id } = await start(made, { spendCapUsd, concurrency });
      const job = await until(made, id, ({ status }) => status === "paused");
      expect(job).toMatchObject({ pausedReason: "spend_cap", spendCapUsd });
      const called = new Set(made.double.calls.map(({ prompt }) => prompt));
      const spent = contents
        .filter((content) => called.has(messagesFor(content)[0]?.content ?? ""))
        .reduce((sum, content) => sum + cost(content), 0);
      expect(job.costUsd).toBeCloseTo(spent, 9);
      expect(job.costUsd).toBeLessThanOrEqual(spendCapUsd);
      // What is left would not have sufficed for one more call at its bound.
      expect(job.costUsd).toBeGreaterThan(spendCapUsd - 0.25);
      expect((await made.db.job.findUniqueOrThrow({ where: { id } })).reservedMicroUsd).toBe(0n);

      await resumeJob(made.db, made.actor, { ...ref(id), spendCapUsd: whole * 3 });
      const done = await until(made, id);
      expect(done).toMatchObject({ status: "succeeded", counts: { called: 60 } });
      expect(done.costUsd).toBeCloseTo(whole, 9);
      expect(made.double.calls).toHaveLength(60);
    },
  );

  it("holds at the price of long prompts, which the job freezes and the estimate counts with", async () => {
    const contents = texts(4).map((text) => text + " late".repeat(83_000));
    const made = await scenario({ contents, model: { model: "claude-haiku-5-5", max_tokens: 10 } });
    const plan = { project: "p", agentVersionId: made.agentVersionId, labels: ["sentiment"] };
    const estimate = await estimateJob(made.db, made.actor, estimateJobInput.parse(plan));
    expect(estimate.promptTokens.longest).toBeGreaterThan(100_000);
    expect(estimate.costBoundUsd).toBeCloseTo((estimate.promptTokens.total * 0.5 + 40 * 2.5) / 1e6, 5);

    await work(made);
    const { id } = await start(made, { spendCapUsd: 0.2 });
    const job = await until(made, id, ({ status }) => status === "paused");
    const usages = made.double.completions.map(({ usage }) => usage ?? { prompt: 0, completion: 0 });
    for (const { prompt } of usages) expect(prompt).toBeGreaterThan(100_000);
    const spent = usages.reduce((sum, usage) => sum + usage.prompt * 0.5 + usage.completion * 2.5, 0) / 1e6;
    expect(job).toMatchObject({ pausedReason: "spend_cap", counts: { called: 3 } });
    expect(job.costUsd).toBeCloseTo(spent, 5);
    expect(job.costUsd).toBeLessThanOrEqual(0.2);
    expect((await made.db.job.findUniqueOrThrow({ where: { id } })).priceTiers).toEqual([
      { abovePromptTokens: 100_000, inputPerMillion: 0.5, outputPerMillion: 2.5 },
    ]);
  });

  it("of the project holds for all its jobs", async () => {
    const contents = texts(30);
    const made = await scenario({ contents, model: { price, max_tokens: 10 } });
    const whole = contents.reduce((sum, content) => sum + cost(content), 0);
    const spendCapMicroUsd = BigInt(Math.round(whole * 1e6));
    const { projectId } = made.actor;
    await made.db.project.update({ where: { id: projectId }, data: { spendCapMicroUsd } });
    await work(made);
    const jobs = [await start(made, { fresh: true }), await start(made, { fresh: true })];
    const ended = await Promise.all(
      jobs.map(({ id }) => until(made, id, ({ status }) => status === "paused" || status === "succeeded")),
    );
    expect(ended.map(({ pausedReason }) => pausedReason)).toContain("spend_cap");
    const project = await made.db.project.findUniqueOrThrow({ where: { id: projectId } });
    expect(project.spentMicroUsd).toBeLessThanOrEqual(spendCapMicroUsd);
    const spent = ended.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
    expect(Number(project.spentMicroUsd) / 1e6).toBeCloseTo(spent, 9);
  });

  it("gives every call a bound: an agent without max_tokens gets one", async () => {
    const made = await scenario({ contents: texts(2), model: { price } });
    const requests: Readonly<Record<string, unknown>>[] = [];
    const { llm } = made;
    await work({
      ...made,
      llm: {
        complete: (request, signal) => {
          requests.push(request.parameters);
          return llm.complete(request, signal);
        },
      },
    });
    await until(made, (await start(made, { spendCapUsd: 10 })).id);
    expect(requests.map(({ max_tokens }) => max_tokens)).toEqual([256, 256]);
    expect(requests[0]).toMatchObject({ model: MODEL, logprobs: true });
    expect(requests[0]).not.toHaveProperty("price");
  });
});
