import type { ChildProcess } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { expireLeases } from "@/server/testing/expire-leases";
import { createGate } from "@/server/testing/gate";
import { waitFor } from "@/server/testing/wait-for";
import { jobTests } from "../testing/harness";
import { kill, loadWorker } from "../testing/processes";
import { messagesFor, type Scenario, start, texts } from "../testing/scenario";

const { scenario, work, until, items, getDatabase } = jobTests();
const processes: ChildProcess[] = [];
/** A process takes seconds to load on a busy machine. */
const SLOW = 180_000;

afterEach(() => {
  for (const child of processes.splice(0)) child.kill("SIGKILL");
});

const answered = (made: Scenario, jobId: string) =>
  made.db.jobItem.findMany({
    where: { jobId, answeredAt: { not: null } },
    select: { recordId: true, rawAnswer: true, answeredAt: true },
    orderBy: { ordinal: "asc" },
  });

describe("a worker killed in the middle of a job", () => {
  it(
    "loses no committed answer and asks again only what was in flight",
    async () => {
      const contents = texts(120);
      // From the 41st call on the provider is silent: what is in flight at the kill is known.
      const made = await scenario({
        contents,
        double: { invalidShare: 0, fault: ({ number }) => (number > 40 ? { kind: "silence" } : null) },
      });
      const { child, begin } = await loadWorker(getDatabase().url, processes);
      const { id } = await start(made, { concurrency: 4 });
      begin();
      await waitFor("40 answers", async () => (await answered(made, id)).length === 40);
      await waitFor("calls in flight", () => made.double.calls.length === 44);
      await kill(child);
      const before = await answered(made, id);
      expect(before).toHaveLength(40);

      made.double.setFault(undefined);
      await expireLeases(made.test.pool);
      await work(made);
      const job = await until(made, id);
      expect(job).toMatchObject({
        status: "succeeded",
        counts: { total: 120, called: 120, parsed: 120, callFailed: 0, uncertain: 4 },
      });
      const repeated = contents.filter(
        (content) => made.double.countOf(messagesFor(content)[0]?.content ?? "") > 1,
      );
      expect(repeated).toHaveLength(4);
      expect(made.double.calls).toHaveLength(124);
      const kept = new Set(before.map(({ recordId }) => recordId));
      expect((await answered(made, id)).filter(({ recordId }) => kept.has(recordId))).toEqual(before);
      const again = (await items(made, id)).filter(({ attempts }) => attempts > 1);
      expect(again.map(({ content }) => content)).toEqual(repeated);
      const outcomes = await made.db.jobAttempt.groupBy({
        by: ["outcome"],
        where: { jobId: id },
        _count: true,
      });
      expect(outcomes.map(({ outcome, _count }) => [outcome, _count]).sort()).toEqual([
        ["answered", 120],
        ["uncertain", 4],
      ]);
    },
    SLOW,
  );

  it(
    "again and again at any moment ends with every record labelled once",
    async () => {
      const contents = texts(150);
      const made = await scenario({
        contents,
        model: { price: { inputPerMillion: 10, outputPerMillion: 10 } },
        double: { invalidShare: 0, fault: () => ({ kind: "delay", ms: 10 }) },
      });
      const { id } = await start(made, { concurrency: 4 });
      const kept = new Map<string, string | null>();
      const workers = await Promise.all([1, 2].map(() => loadWorker(getDatabase().url, processes)));
      for (const [at, { child, begin }] of workers.entries()) {
        const least = 20 + 60 * at;
        await expireLeases(made.test.pool);
        begin();
        await waitFor(`${least} answers`, async () => (await answered(made, id)).length >= least);
        await kill(child);
        for (const item of await answered(made, id)) {
          if (kept.has(item.recordId)) expect(item.rawAnswer).toBe(kept.get(item.recordId));
          kept.set(item.recordId, item.rawAnswer);
        }
      }
      await expireLeases(made.test.pool);
      await work(made);
      const job = await until(made, id);
      expect(job).toMatchObject({ status: "succeeded", counts: { called: 150, parsed: 150 } });
      expect(job.counts.uncertain).toBeLessThanOrEqual(2 * 4);
      const repeats = made.double.calls.length - 150;
      expect(repeats).toBeLessThanOrEqual(job.counts.uncertain);
      expect(await made.db.annotation.count({ where: { annotatorId: id } })).toBe(150);
      expect(await made.db.annotationEvent.count({ where: { annotatorId: id } })).toBe(150);
      const { spentMicroUsd, reservedMicroUsd } = await made.db.job.findUniqueOrThrow({ where: { id } });
      const paid = await made.db.jobItem.aggregate({ where: { jobId: id }, _sum: { costMicroUsd: true } });
      const uncertain = await made.db.jobAttempt.aggregate({
        where: { jobId: id, outcome: "uncertain" },
        _sum: { reservedMicroUsd: true },
      });
      expect(reservedMicroUsd).toBe(0n);
      expect(spentMicroUsd).toBe((paid._sum.costMicroUsd ?? 0n) + (uncertain._sum.reservedMicroUsd ?? 0n));
    },
    SLOW,
  );
});

describe("two workers at one job", () => {
  it.each(["first", "second"] as const)(
    "ask each record once, and the job ends when the %s of them is killed",
    async (which) => {
      const contents = texts(90);
      const made = await scenario({
        contents,
        double: { invalidShare: 0, fault: () => ({ kind: "delay", ms: 15 }) },
      });
      const workers = await Promise.all([1, 2].map(() => loadWorker(getDatabase().url, processes)));
      const { id } = await start(made, { concurrency: 4 });
      for (const { begin } of workers) begin();
      await waitFor("some answers", async () => (await answered(made, id)).length >= 30);
      await kill(workers[which === "first" ? 0 : 1]?.child ?? expect.fail("there are two workers"));
      const job = await until(made, id);
      expect(job).toMatchObject({ status: "succeeded", counts: { called: 90, parsed: 90 } });
      expect(job.counts.uncertain).toBeLessThanOrEqual(4);
      const repeated = contents.filter(
        (content) => made.double.countOf(messagesFor(content)[0]?.content ?? "") > 1,
      );
      expect(repeated.length).toBeLessThanOrEqual(job.counts.uncertain);
      expect(await made.db.annotation.count({ where: { annotatorId: id } })).toBe(90);
    },
    SLOW,
  );
});

describe("a worker that was taken for dead and woke up", () => {
  it("can neither begin a call nor write an answer beside the one that took over", async () => {
    const { passed, open } = createGate();
    const made = await scenario({
      contents: texts(30),
      double: {
        invalidShare: 0,
        fault: ({ number }) => (number <= 3 ? { kind: "wait", until: passed } : null),
      },
    });
    const first = await work(made);
    const { id } = await start(made, { concurrency: 3 });
    await waitFor("three calls", () => made.double.calls.length === 3);
    const { leaseToken } = await made.db.task.findFirstOrThrow();
    const second = await work(made);
    await waitFor("the takeover", async () => {
      // Again and again: the first one is well, and prolongs its lease.
      await made.db.task.updateMany({ where: { leaseToken }, data: { leaseUntil: new Date(0) } });
      return made.double.calls.length > 3;
    });
    open();
    const job = await until(made, id);
    expect(job).toMatchObject({ status: "succeeded", counts: { called: 30, parsed: 30, uncertain: 3 } });
    expect(made.double.calls).toHaveLength(33);
    await Promise.all([first.stop(), second.stop()]);
    const outcomes = await made.db.jobAttempt.groupBy({
      by: ["outcome"],
      where: { jobId: id },
      _count: true,
    });
    expect(outcomes.map(({ outcome, _count }) => [outcome, _count]).sort()).toEqual([
      ["answered", 30],
      ["uncertain", 3],
    ]);
  });
});

describe("many workers", () => {
  it("run each of several jobs once", async () => {
    const made = await scenario({ contents: texts(40), double: { invalidShare: 0 } });
    for (let worker = 0; worker < 3; worker++) await work(made);
    const jobs = await Promise.all([1, 2, 3].map(() => start(made, { fresh: true, concurrency: 4 })));
    for (const { id } of jobs)
      expect(await until(made, id)).toMatchObject({
        status: "succeeded",
        counts: { called: 40, uncertain: 0 },
      });
    expect(made.double.calls).toHaveLength(120);
  });

  it("a worker that stops gives its job to another, which goes on", async () => {
    const { passed, open } = createGate();
    const made = await scenario({
      contents: texts(60),
      double: {
        invalidShare: 0,
        fault: ({ number }) => (number > 30 ? { kind: "wait", until: passed } : { kind: "delay", ms: 10 }),
      },
    });
    const first = await work(made);
    const { id } = await start(made, { concurrency: 4 });
    await waitFor("some answers", async () => (await answered(made, id)).length >= 8);
    const stopping = first.stop();
    open();
    await stopping;
    const stopped = (await answered(made, id)).length;
    expect(stopped).toBeLessThan(60);
    await work(made);
    const job = await until(made, id);
    expect(job).toMatchObject({ status: "succeeded", counts: { called: 60, uncertain: 0 } });
    expect(made.double.calls).toHaveLength(60);
  });
});
