import { describe, expect, it } from "vitest";
import type { Job } from "@/contracts/jobs";
import { waitFor } from "@/server/testing/wait-for";
import { cancelJob, getJob, pauseJob, resumeJob } from "../..";
import { jobTests } from "../../testing/harness";
import {
  fastPace,
  findBatches,
  messagesFor,
  type Scenario,
  type ScenarioOptions,
  start,
  texts,
} from "../../testing/scenario";

const { scenario, work, until, items } = jobTests();
const ref = (id: string) => ({ project: "", id });

async function inBatches(options: ScenarioOptions): Promise<Scenario> {
  const made = await scenario(options);
  await findBatches(made);
  return made;
}

const asked = (made: Scenario) => made.double.batches.made.flatMap(({ lines }) => lines);
const labelsOf = async (made: Scenario, id: string) =>
  (
    await made.db.annotation.findMany({
      where: { annotatorId: id },
      orderBy: { recordId: "asc" },
      select: { recordId: true, labelName: true, value: true, conf: true, confMethod: true },
    })
  ).map((label) => label);
const isAtProvider = async (made: Scenario, id: string) =>
  (await made.db.jobBatch.count({ where: { jobId: id, status: "sent" } })) > 0;
const reserved = async (made: Scenario, id: string) =>
  (await made.db.job.findUniqueOrThrow({ where: { id } })).reservedMicroUsd;
const atRest = (made: Scenario) =>
  waitFor(
    "the worker's rest",
    async () => (await made.db.task.count({ where: { leaseToken: { not: null } } })) === 0,
  );

describe("a job in batches", () => {
  it("brings the same labels as one of calls, and asks equal requests once", async () => {
    const contents = [...texts(20), ...texts(3)];
    const made = await inBatches({
      contents,
      model: { price: { inputPerMillion: 1, outputPerMillion: 2 }, max_tokens: 20 },
    });
    await work(made);
    const { id } = await start(made, { mode: "batch" });
    const job = await until(made, id);
    expect(job).toMatchObject({
      status: "succeeded",
      mode: "batch",
      atProvider: null,
      latencyMs: { p50: null },
      counts: { total: 23, called: 23, cached: 3, callFailed: 0, uncertain: 0 },
    });
    expect(asked(made)).toHaveLength(20);
    expect(new Set(asked(made).map(({ custom_id }) => custom_id)).size).toBe(20);
    const live = await until(made, (await start(made, { fresh: true })).id);
    expect(await labelsOf(made, id)).toEqual(await labelsOf(made, live.id));
    expect(job.counts.parsed).toBe(live.counts.parsed);
    expect(job.tokens).toEqual(live.tokens);
    expect(job.costUsd).toBeCloseTo(live.costUsd ?? Number.NaN, 9);
    expect(await reserved(made, id)).toBe(0n);
    expect(made.double.batches.files.size, "nothing is left at the provider").toBe(0);
  });

  it("waits without a place in the queue, and says since when and how much", async () => {
    const made = await inBatches({ contents: texts(4) });
    made.double.batches.behave({ ready: false });
    await work(made, { ...fastPace, firstLookMs: 60_000, longestLookMs: 60_000 });
    const waiting = await Promise.all(
      Array.from({ length: 6 }, () => start(made, { mode: "batch", fresh: true })),
    );
    for (const { id } of waiting) await waitFor("the batch", () => isAtProvider(made, id));
    const live = await until(made, (await start(made, { fresh: true })).id);
    expect(live.status).toBe("succeeded");
    await atRest(made);
    const shown = await getJob(made.db, made.actor, ref(waiting[0]?.id ?? ""));
    expect(shown).toMatchObject({ status: "running", atProvider: { batches: 1, requests: 4, done: 0 } });
  });

  it("takes results whatever stands among them, and goes by the error policy for what failed", async () => {
    const contents = texts(12);
    const prompts = contents.map((content) => messagesFor(content).at(-1)?.content ?? "");
    const made = await inBatches({ contents, double: { invalidShare: 0 } });
    const became = ["errored", "expired", "missing", "no-usage"] as const;
    made.double.batches.behave({
      item: (prompt, time) => (time === 1 ? (became[prompts.indexOf(prompt)] ?? null) : null),
      extraLines: ["", "no JSON at all", '{"custom_id":"somebody-elses","response":null}', "[1]"],
    });
    await work(made);
    const job = await until(made, (await start(made, { mode: "batch" })).id);
    expect(job).toMatchObject({
      status: "succeeded",
      tokens: { estimated: true },
      counts: { called: 12, parsed: 12, callFailed: 0, uncertain: 0 },
    });
    for (const [at, prompt] of prompts.entries()) expect(made.double.countOf(prompt)).toBe(at < 3 ? 2 : 1);
  });

  it("gives up what fails too often or is to be skipped, and pauses where the policy says stop", async () => {
    const made = await inBatches({ contents: texts(3), double: { invalidShare: 0 } });
    made.double.batches.behave({ item: () => "expired" });
    await work(made);
    const skipped = await start(made, { mode: "batch", errorPolicy: { timeout: "skip" } });
    expect(await until(made, skipped.id)).toMatchObject({
      status: "succeeded",
      counts: { callFailed: 3 },
      errors: [{ kind: "timeout", count: 3 }],
    });
    made.double.batches.behave({ item: () => "errored" });
    const tried = await until(made, (await start(made, { mode: "batch", maxRetries: 1 })).id);
    expect(tried.counts).toMatchObject({ callFailed: 3 });
    const stopped = await start(made, { mode: "batch", errorPolicy: { provider_error: "stop" } });
    const paused = await until(made, stopped.id, ({ status }) => status === "paused");
    expect(paused.pausedReason).toBe("error_policy");
    expect(await reserved(made, stopped.id)).toBe(0n);
  });
});

describe("a provider that fails", () => {
  it("is an outage when it can't be looked at, and the job goes on by itself", async () => {
    const made = await inBatches({ contents: texts(5) });
    made.double.batches.behave({ step: (step) => (step === "look" ? { status: 500 } : null) });
    await work(made);
    const { id } = await start(made, { mode: "batch" });
    const paused = await until(made, id, ({ status }) => status === "paused");
    expect(paused).toMatchObject({ pausedReason: "provider_outage", atProvider: { requests: 5 } });
    made.double.batches.behave({ step: () => null });
    expect(await until(made, id)).toMatchObject({ status: "succeeded", counts: { called: 5, uncertain: 0 } });
    expect(asked(made)).toHaveLength(5);
  });

  it("is given the time that it asks for, before a batch is handed in again", async () => {
    const made = await inBatches({ contents: texts(5) });
    made.double.batches.behave({
      step: (step, number) => (step === "create" && number < 3 ? { status: 429, retryAfter: "0.1" } : null),
    });
    await work(made);
    const job = await until(made, (await start(made, { mode: "batch" })).id);
    expect(job).toMatchObject({ status: "succeeded", counts: { called: 5, uncertain: 0 } });
    expect(asked(made)).toHaveLength(5);
    expect(made.double.batches.requests.get("create")).toBe(3);
  });

  it("that makes a batch and says that it failed is not handed the same again", async () => {
    const made = await inBatches({ contents: texts(5) });
    let refuse: (reason: Error) => void = () => undefined;
    const lost = new Promise<void>((_resolve, reject) => {
      refuse = reject;
    });
    lost.catch(() => undefined);
    refuse(new Error("the connection is lost"));
    made.double.batches.behave({ afterCreate: lost, ready: false });
    await work(made);
    const { id } = await start(made, { mode: "batch" });
    await waitFor("the batch", () => isAtProvider(made, id));
    made.double.batches.behave({ afterCreate: null, ready: true });
    expect(await until(made, id)).toMatchObject({ status: "succeeded", counts: { called: 5, uncertain: 0 } });
    expect(asked(made)).toHaveLength(5);
  });

  it("that finds a batch wrong pauses the job, which nothing has cost; that is full is tried again", async () => {
    const made = await inBatches({ contents: texts(5) });
    made.double.batches.behave({ refuse: "invalid_json_line" });
    await work(made);
    const { id } = await start(made, { mode: "batch" });
    const paused = await until(made, id, ({ status }) => status === "paused");
    expect(paused).toMatchObject({ pausedReason: "batch_refused", counts: { called: 0, callFailed: 0 } });
    expect(paused.errors[0]?.sample).toContain("invalid_json_line");
    expect(await reserved(made, id)).toBe(0n);
    made.double.batches.behave({ refuse: "token_limit_exceeded" });
    await resumeJob(made.db, made.actor, ref(id));
    await waitFor("a second try", () => made.double.batches.made.length >= 3);
    expect(made.double.batches.made.slice(0, 3).map(({ lines }) => lines.length)).toEqual([5, 2, 1]);
    const held = await waitFor("the reason", async () => {
      const job = await getJob(made.db, made.actor, ref(id));
      return job.errors.length > 0 ? job : null;
    });
    expect(held).toMatchObject({ status: "running", errors: [{ kind: "rate_limited" }] });
    made.double.batches.behave({ refuse: null });
    expect(await until(made, id)).toMatchObject({
      status: "succeeded",
      counts: { called: 5, uncertain: 0 },
      errors: [],
    });
  });

  it("that fails to make a batch is an outage, and gets the same records in another, and no others before", async () => {
    const made = await inBatches({ contents: texts(5) });
    let refused = 0;
    made.double.batches.behave({
      step(step) {
        if (step !== "create") return null;
        refused += 1;
        return { status: 503 };
      },
    });
    await work(made);
    const { id } = await start(made, { mode: "batch" });
    await until(made, id, ({ pausedReason }) => pausedReason === "provider_outage");
    made.double.batches.behave({ step: () => null });
    expect(await until(made, id)).toMatchObject({ status: "succeeded", counts: { called: 5, uncertain: 0 } });
    expect(asked(made)).toHaveLength(5);
    expect(made.double.batches.requests.get("create")).toBe(refused + 1);
  });

  it("that forgets a batch leaves it uncertain: it is counted, paid and asked again", async () => {
    const price = { inputPerMillion: 1000, outputPerMillion: 2000 };
    const made = await inBatches({ contents: texts(5), model: { price, max_tokens: 10 } });
    made.double.batches.behave({ ready: false });
    await work(made);
    const { id } = await start(made, { mode: "batch" });
    await waitFor("the batch", () => isAtProvider(made, id));
    const bound = await reserved(made, id);
    made.double.batches.behave({
      ready: true,
      step: (step) => (step === "look" && made.double.batches.made.length === 1 ? { status: 404 } : null),
    });
    const job = await until(made, id);
    expect(job).toMatchObject({ status: "succeeded", counts: { called: 5, uncertain: 5 } });
    const paid = await made.db.jobItem.aggregate({ where: { jobId: id }, _sum: { costMicroUsd: true } });
    expect(Math.round((job.costUsd ?? 0) * 1e6)).toBe(Number(bound + (paid._sum.costMicroUsd ?? 0n)));
  });
});

describe("what people ask of it", () => {
  const halves = (prompts: readonly string[]) => (prompt: string) =>
    prompts.indexOf(prompt) % 2 === 0 ? ("missing" as const) : null;

  async function stopped(stop: (made: Scenario, id: string) => Promise<Job>) {
    const made = await inBatches({ contents: texts(6) });
    made.double.batches.behave({ ready: false });
    await work(made);
    const { id } = await start(made, { mode: "batch" });
    await waitFor("the batch", () => isAtProvider(made, id));
    await stop(made, id);
    await waitFor("the end of the batch", async () => !(await isAtProvider(made, id)));
    return { made, id };
  }

  it("pause: the batch is cancelled at the provider, and what is left goes into another on resume", async () => {
    const { made, id } = await stopped((of, job) => pauseJob(of.db, of.actor, ref(job)));
    expect(made.double.batches.requests.get("cancel")).toBe(1);
    await waitFor("an empty queue", async () => (await made.db.task.count()) === 0);
    expect(await getJob(made.db, made.actor, ref(id))).toMatchObject({
      status: "paused",
      pausedReason: "person",
      counts: { called: 0, callFailed: 0, uncertain: 0 },
    });
    expect(await reserved(made, id)).toBe(0n);
    made.double.batches.behave({ ready: true });
    await resumeJob(made.db, made.actor, ref(id));
    expect(await until(made, id)).toMatchObject({ status: "succeeded", counts: { called: 6, uncertain: 0 } });
    expect((await items(made, id)).map(({ attempts }) => attempts)).toEqual(Array(6).fill(1));
  });

  it("cancel: so too, and the job ends", async () => {
    const { made, id } = await stopped((of, job) => cancelJob(of.db, of.actor, ref(job)));
    expect(await until(made, id)).toMatchObject({ status: "cancelled", counts: { called: 0, uncertain: 0 } });
    expect(made.double.batches.requests.get("cancel")).toBe(1);
    expect(await reserved(made, id)).toBe(0n);
  });

  it("cancel of a batch that had ended already takes what it brought", async () => {
    const contents = texts(6);
    const made = await inBatches({ contents, double: { invalidShare: 0 } });
    const prompts = contents.map((content) => messagesFor(content).at(-1)?.content ?? "");
    made.double.batches.behave({ ready: false, item: halves(prompts) });
    await work(made, { ...fastPace, firstLookMs: 60_000, longestLookMs: 60_000 });
    const { id } = await start(made, { mode: "batch" });
    await waitFor("the batch", () => isAtProvider(made, id));
    await atRest(made);
    made.double.batches.behave({ ready: true });
    await cancelJob(made.db, made.actor, ref(id));
    const job = await until(made, id);
    expect(job).toMatchObject({ status: "cancelled", counts: { called: 3, parsed: 3 } });
    expect(await made.db.annotation.count({ where: { annotatorId: id } })).toBe(3);
  });

  it("a cap: as much is handed in as it allows, and it is never passed", async () => {
    const price = { inputPerMillion: 1000, outputPerMillion: 2000 };
    const made = await inBatches({ contents: texts(40), model: { price, max_tokens: 10 } });
    await work(made);
    const { id } = await start(made, { mode: "batch", spendCapUsd: 1 });
    const job = await until(made, id, ({ status }) => status === "paused");
    expect(job.pausedReason).toBe("spend_cap");
    expect(job.costUsd).toBeLessThanOrEqual(1);
    expect(job.counts.called).toBeGreaterThan(3);
    expect(await reserved(made, id)).toBe(0n);
    expect(asked(made)).toHaveLength(job.counts.called);
    await resumeJob(made.db, made.actor, { ...ref(id), spendCapUsd: 100 });
    expect(await until(made, id)).toMatchObject({ status: "succeeded", counts: { called: 40 } });
    expect(asked(made)).toHaveLength(40);
  });
});
