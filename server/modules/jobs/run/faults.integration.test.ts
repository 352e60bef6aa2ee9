import { describe, expect, it } from "vitest";
import { createLlm } from "@/server/platform/llm";
import type { DoubleCall, Fault } from "@/server/testing/llm-double";
import { waitFor } from "@/server/testing/wait-for";
import { resumeJob, retryFailed } from "..";
import { jobTests } from "../testing/harness";
import { fastPace, llmSettings, type Scenario, start, texts } from "../testing/scenario";

const { scenario, work, until, items } = jobTests();
const firstOnly = (fault: Fault) => (call: DoubleCall) => (call.numberOfPrompt === 1 ? fault : null);
/** Answers that can all be read, so that what becomes invalid is the fault's doing. */
const readable = { invalidShare: 0 };

describe("a call that fails and is tried again", () => {
  it.each<[string, Fault]>([
    ["429 without Retry-After", { kind: "status", status: 429 }],
    ["500", { kind: "status", status: 500 }],
    ["503", { kind: "status", status: 503 }],
    ["408", { kind: "status", status: 408 }],
    ["409", { kind: "status", status: 409 }],
    ["a dropped connection", { kind: "drop" }],
    ["malformed JSON", { kind: "malformed-json" }],
  ])("%s", async (_name, fault) => {
    const made = await scenario({ contents: texts(12), double: { ...readable, fault: firstOnly(fault) } });
    await work(made);
    const { id } = await start(made, { concurrency: 4 });
    const job = await until(made, id);
    expect(job).toMatchObject({
      status: "succeeded",
      errors: [],
      counts: { called: 12, callFailed: 0, parsed: 12 },
    });
    expect(made.double.calls).toHaveLength(24);
    for (const item of await items(made, id)) expect(item).toMatchObject({ attempts: 2, error: null });
    const attempts = await made.db.jobAttempt.groupBy({
      by: ["outcome"],
      where: { jobId: id },
      _count: true,
    });
    expect(attempts.map(({ outcome, _count }) => [outcome, _count]).sort()).toEqual([
      ["answered", 12],
      ["failed", 12],
    ]);
  });

  it.each<[string, Fault]>([
    ["silence until the time-out", { kind: "silence" }],
    ["a drip slower than the time-out", { kind: "drip", everyMs: 20 }],
  ])("%s", async (_name, fault) => {
    const made = await scenario({ contents: texts(4), double: { ...readable, fault: firstOnly(fault) } });
    await work(made);
    // On a busy machine a good answer may come too late as well.
    const job = await until(made, (await start(made, { timeoutMs: 500, maxRetries: 20 })).id);
    expect(job).toMatchObject({ status: "succeeded", counts: { called: 4, callFailed: 0, parsed: 4 } });
    for (const { prompt } of made.double.calls) expect(made.double.countOf(prompt)).toBeGreaterThanOrEqual(2);
  });

  it("is given up after maxRetries, and asked again by itself alone when a person says so", async () => {
    const contents = texts(5);
    const [broken = ""] = contents;
    const isBroken = ({ prompt }: DoubleCall) => prompt.includes(broken);
    const made = await scenario({
      contents,
      double: { ...readable, fault: (call) => (isBroken(call) ? { kind: "status", status: 500 } : null) },
    });
    await work(made);
    const { id } = await start(made, { maxRetries: 2 });
    const job = await until(made, id);
    expect(job).toMatchObject({
      status: "succeeded",
      counts: { prompted: 5, called: 4, callFailed: 1, parsed: 4 },
      errors: [{ kind: "provider_error", count: 1, sample: expect.stringContaining("500") }],
    });
    expect(made.double.calls.filter(isBroken)).toHaveLength(3);
    expect((await items(made, id))[0]).toMatchObject({
      status: "callFailed",
      attempts: 3,
      error: { kind: "provider_error" },
    });

    made.double.setFault(undefined);
    expect(await retryFailed(made.db, made.actor, { project: "", id })).toMatchObject({ status: "running" });
    const again = await until(made, id);
    expect(again).toMatchObject({ errors: [], counts: { called: 5, callFailed: 0, parsed: 5 } });
    expect(made.double.calls).toHaveLength(4 + 3 + 1);
    await expect(retryFailed(made.db, made.actor, { project: "", id })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("a call that is not tried again", () => {
  it.each([400, 422])("status %i gives the item up at once", async (status) => {
    const made = await scenario({
      contents: texts(3),
      double: { fault: () => ({ kind: "status", status }) },
    });
    await work(made);
    const job = await until(made, (await start(made)).id);
    expect(job).toMatchObject({ status: "succeeded", counts: { prompted: 3, called: 0, callFailed: 3 } });
    expect(job.errors).toMatchObject([{ kind: "bad_request", count: 3 }]);
    expect(made.double.calls).toHaveLength(3);
  });

  it.each<[string, Fault, string]>([
    ["auth", { kind: "status", status: 401 }, "auth"],
    ["auth", { kind: "status", status: 403 }, "auth"],
    ["model_refused", { kind: "status", status: 404, code: "model_not_found" }, "model_refused"],
    ["out_of_credit", { kind: "status", status: 429, code: "insufficient_quota" }, "out_of_credit"],
  ])("%s pauses the job, and resuming goes on", async (reason, fault, kind) => {
    const made = await scenario({ contents: texts(30), double: { ...readable, fault: () => fault } });
    await work(made);
    const { id } = await start(made, { concurrency: 3 });
    const job = await until(made, id, ({ status }) => status === "paused");
    expect(job).toMatchObject({
      pausedReason: reason,
      errors: [{ kind }],
      counts: { called: 0, callFailed: 0 },
    });
    expect(made.double.calls.length).toBeLessThanOrEqual(3);

    made.double.setFault(undefined);
    await resumeJob(made.db, made.actor, { project: "", id });
    expect(await until(made, id)).toMatchObject({
      status: "succeeded",
      pausedReason: null,
      errors: [],
      counts: { called: 30, callFailed: 0 },
    });
  });

  it.each<[string, Fault, string]>([
    ["an option that is not there", { kind: "answer", text: "Sentiment: mixed" }, "unknown_option"],
    ["an empty answer", { kind: "answer", text: "" }, "empty"],
    ["prose", { kind: "answer", text: "I can't say whether this is positive." }, "no_field"],
    ["a refusal", { kind: "refusal" }, "refusal"],
  ])("%s is an answer, kept as invalid with its text", async (_name, fault, reason) => {
    const made = await scenario({ contents: texts(3), double: { fault: () => fault } });
    await work(made);
    const { id } = await start(made);
    const job = await until(made, id);
    expect(job).toMatchObject({ status: "succeeded", counts: { called: 3, parsed: 0, invalid: 3 } });
    expect(made.double.calls).toHaveLength(3);
    const text = fault.kind === "answer" ? fault.text : "I can't help with that.";
    expect(job.invalidAnswers).toEqual([{ text, count: 3 }]);
    for (const item of await items(made, id))
      expect(item).toMatchObject({ status: "invalid", reason, rawAnswer: text, value: null, conf: null });
    expect(await made.db.annotation.count({ where: { annotatorId: id } })).toBe(0);
  });
});

describe("a provider that asks to wait", () => {
  it("gets no call of the job before Retry-After has passed", async () => {
    let refusedAt = 0;
    const times: number[] = [];
    const made = await scenario({
      contents: texts(6),
      double: {
        ...readable,
        fault: ({ number }) => {
          if (number > 1) {
            times.push(Date.now());
            return null;
          }
          refusedAt = Date.now();
          return { kind: "status", status: 429, retryAfter: "1" };
        },
      },
    });
    await work(made);
    const job = await until(made, (await start(made, { concurrency: 1 })).id);
    expect(job.counts).toMatchObject({ called: 6, callFailed: 0 });
    expect(times).toHaveLength(6);
    for (const time of times) expect(time - refusedAt).toBeGreaterThanOrEqual(990);
  });
});

describe("an outage", () => {
  const HOUR = 3_600_000;
  const untilNextTry = ({ db }: Scenario) =>
    waitFor("the next try to be due", () =>
      db.task.count({ where: { leaseToken: null, runAt: { gt: new Date(Date.now() + HOUR / 2) } } }),
    );
  const tryNow = ({ db }: Scenario) => db.task.updateMany({ data: { runAt: new Date() } });

  it("pauses the job instead of failing every record, tries with one call, and goes on by itself", async () => {
    const made = await scenario({
      contents: texts(200),
      double: { ...readable, fault: () => ({ kind: "status", status: 502 }) },
    });
    // The next try is an hour away, until its time is said to have come.
    await work(made, { ...fastPace, firstOutageRetryMs: HOUR, longestOutageRetryMs: HOUR });
    const { id } = await start(made, { concurrency: 4 });
    const job = await until(made, id, ({ pausedReason }) => pausedReason === "provider_outage");
    expect(job).toMatchObject({
      status: "paused",
      counts: { callFailed: 0 },
      errors: [{ kind: "provider_error" }],
    });
    const whenPaused = made.double.calls.length;
    expect(whenPaused).toBeLessThan(20 + 4);
    for (let tries = 0; tries < 3; tries++) {
      await untilNextTry(made);
      expect(made.double.calls).toHaveLength(whenPaused + tries);
      await tryNow(made);
    }
    await untilNextTry(made);
    expect(made.double.calls).toHaveLength(whenPaused + 3);
    made.double.setFault(undefined);
    await tryNow(made);
    expect(await until(made, id)).toMatchObject({
      status: "succeeded",
      errors: [],
      counts: { called: 200, callFailed: 0, uncertain: 0 },
    });
  });

  it("is noticed when nothing listens there at all", async () => {
    const made = await scenario({ contents: texts(40) });
    await made.double.close();
    await work(made);
    const { id } = await start(made, { concurrency: 8 });
    const job = await until(made, id, ({ status }) => status === "paused");
    expect(job).toMatchObject({ pausedReason: "provider_outage", errors: [{ kind: "connection" }] });
  });
});

describe("an address where agents may not call", () => {
  it("fails the job before anything is sent", async () => {
    const made = await scenario({ contents: texts(3), llm: createLlm({ ...llmSettings, allowedHosts: [] }) });
    await work(made);
    const job = await until(made, (await start(made)).id);
    expect(job).toMatchObject({ status: "failed", errors: [{ kind: "forbidden_address" }] });
    expect(made.double.calls).toEqual([]);
  });

  it("is not reached by a redirect either", async () => {
    const made = await scenario({
      contents: texts(3),
      double: { fault: () => ({ kind: "redirect", location: "http://169.254.169.254/v1" }) },
    });
    await work(made);
    const job = await until(made, (await start(made)).id);
    expect(job).toMatchObject({ status: "failed", errors: [{ kind: "forbidden_address" }] });
  });
});

describe("an adapter that breaks", () => {
  it("has the job run again later; nothing that was answered is lost or asked twice", async () => {
    const whole = await scenario({ contents: texts(6), double: readable });
    let calls = 0;
    const { llm } = whole;
    const broken = {
      complete: (request: Parameters<typeof llm.complete>[0], signal: AbortSignal) => {
        calls += 1;
        if (calls === 3) throw new TypeError("not a provider's fault");
        return llm.complete(request, signal);
      },
    };
    const made = { ...whole, llm: broken };
    await work(made);
    const { id } = await start(made, { concurrency: 1 });
    const job = await until(made, id);
    expect(job).toMatchObject({ status: "succeeded", counts: { called: 6, uncertain: 1 } });
    expect(made.double.calls).toHaveLength(6);
  });
});
