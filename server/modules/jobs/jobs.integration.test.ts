import { describe, expect, it, vi } from "vitest";
import { estimateJobInput } from "@/contracts/jobs";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { expectedConfidence, seededAnswer } from "@/server/testing/llm-double";
import { estimateJob, getJob, listJobs, pauseJob, watchJob } from ".";
import { jobTests } from "./testing/harness";
import { FIELD, MODEL, messagesFor, optionValue, start, texts } from "./testing/scenario";

const { scenario, work, until, items } = jobTests();
const PRICE = { inputPerMillion: 0.5, outputPerMillion: 1.5 };
const answerTo = (content: string) =>
  seededAnswer({ model: MODEL, messages: messagesFor(content) }, { fields: [FIELD] });

describe("a job", () => {
  it("labels every record as the answers say, with confidence, counts and a report that stays", async () => {
    const contents = texts(300);
    const made = await scenario({ contents, model: { price: PRICE } });
    await work(made);
    const { id } = await start(made, { labelMetadata: ["conf", "length"] });
    const job = await until(made, id);

    const answers = contents.map(answerTo);
    const valid = answers.filter(({ kind }) => kind === "valid");
    expect(valid.length).toBeGreaterThan(200);
    expect(valid.length).toBeLessThan(300);
    expect(job.status).toBe("succeeded");
    expect(job.counts).toEqual({
      total: 300,
      prompted: 300,
      promptInvalid: 0,
      examples: 0,
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
      prompt: sum((usage) => usage.prompt),
      completion: sum((usage) => usage.completion),
      estimated: false,
    });
    const cost = answers.reduce(
      (total, { usage }) => total + Math.ceil((usage.prompt * 5 + usage.completion * 15) / 10),
      0,
    );
    expect(job.costUsd).toBe(cost / 1e6);
    expect(job.confidence.missing).toBe(0);
    expect(job.confidence.bins.reduce((total, { count }) => total + count, 0)).toBe(valid.length);
    expect(job.invalidAnswers.reduce((total, { count }) => total + count, 0)).toBe(300 - valid.length);
    expect(job.errors).toEqual([]);
    expect(made.double.calls).toHaveLength(300);
    expect(made.double.mostAtOnce()).toBeLessThanOrEqual(8);

    const listed = await items(made, id);
    expect(listed.map(({ content }) => content)).toEqual(contents);
    for (const item of listed) {
      const expected = answerTo(item.content);
      const [field] = expected.fields;
      if (!field) throw new Error("The double answered no field.");
      expect(item.prompt).toBe(messagesFor(item.content)[0]?.content);
      expect(item.rawAnswer).toBe(expected.refusal ?? expected.text);
      expect(item.status).toBe(expected.kind === "valid" ? "parsed" : "invalid");
      expect(item.value).toEqual(expected.kind === "valid" ? [optionValue(field.chosen)] : null);
      if (expected.kind === "valid") expect(item.conf).toBeCloseTo(expectedConfidence(field), 9);
      if (expected.kind === "refusal") expect(item.reason).toBe("refusal");
      expect(item.tokens).toEqual(expected.usage);
    }
    const labels = await made.db.annotation.findMany({
      where: { annotatorId: id },
      include: { record: true },
    });
    expect(labels).toHaveLength(valid.length);
    for (const { metadata, record } of labels)
      expect(metadata).toMatchObject({ length: answerTo(record.content).text.length });

    const row = await made.db.job.findUniqueOrThrow({ where: { id } });
    expect(row.reservedMicroUsd).toBe(0n);
    await made.db.jobItem.updateMany({ where: { jobId: id }, data: { servedModel: "changed" } });
    expect(await getJob(made.db, made.actor, { id })).toEqual(job);
  });

  it("asks equal requests once, in one job and across jobs, unless it asks anew", async () => {
    const made = await scenario({ contents: ["same", "same", "same", "other"], model: { price: PRICE } });
    await work(made);
    const first = await until(made, (await start(made, { concurrency: 4 })).id);
    expect(first.counts).toMatchObject({ called: 4, cached: 2 });
    expect(made.double.calls).toHaveLength(2);
    const paid = answerTo("same").usage.prompt + answerTo("other").usage.prompt;
    expect(first.tokens.prompt).toBe(paid);

    const second = await until(made, (await start(made)).id);
    expect(second.counts).toMatchObject({ called: 4, cached: 4, parsed: first.counts.parsed });
    expect(second.costUsd).toBe(0);
    expect(second.distribution).toEqual(first.distribution);
    expect(made.double.calls).toHaveLength(2);

    const third = await until(made, (await start(made, { fresh: true })).id);
    expect(third.counts).toMatchObject({ called: 4, cached: 2 });
    expect(made.double.calls).toHaveLength(4);
  });

  it("does not ask where the prompt would have a hole, or the record is gone", async () => {
    const contents = ["one", "two", "three"];
    const made = await scenario({
      contents,
      prompt: { taskInstruction: "From {{metadata.airline}}: label the {{name}} as {{options}}." },
    });
    const { projectId } = made.actor;
    await made.db.metadataName.create({ data: { projectId, name: "airline", type: "string", position: 0 } });
    await made.db.record.updateMany({
      where: { projectId, content: { not: "one" } },
      data: { metadata: { airline: "X" } },
    });
    const { id } = await start(made);
    await made.db.record.updateMany({
      where: { projectId, content: "three" },
      data: { deletedAt: new Date() },
    });
    await work(made);
    const job = await until(made, id);
    expect(job.counts).toMatchObject({ total: 3, prompted: 1, promptInvalid: 2, called: 1 });
    expect(made.double.calls.map(({ prompt }) => prompt)).toEqual([expect.stringContaining("From X: label")]);
    expect((await items(made, id)).map(({ status, reason }) => [status, reason])).toEqual([
      ["promptInvalid", "missing_metadata"],
      [expect.stringMatching(/parsed|invalid/), expect.toBeOneOf([null, expect.any(String)])],
      ["promptInvalid", "record_deleted"],
    ]);
  });

  it("freezes records, schema and agent version at the start", async () => {
    const made = await scenario({ contents: ["a text"] });
    const { projectId, userId } = made.actor;
    const { id } = await start(made);
    await made.db.labelSchema.updateMany({ where: { projectId }, data: { active: false } });
    await made.db.labelSchema.create({
      data: {
        id: newId(),
        projectId,
        version: 2,
        active: true,
        labels: [{ name: "other", level: "record", options: [{ value: "x", text: "x" }] }],
        createdById: userId,
      },
    });
    await made.db.record.create({
      data: { id: newId(), projectId, externalId: "late", content: "late", position: 99 },
    });
    await work(made);
    const job = await until(made, id);
    expect(job).toMatchObject({ schemaVersion: 1, counts: { total: 1 } });
    expect(made.double.calls[0]?.prompt).toBe(messagesFor("a text")[0]?.content);
  });
});

describe("startJob", () => {
  it("stands in the log, with what it is about and without its key", async () => {
    completeEnv({ encryptionKey: "0123456789abcdef0123456789abcdef" });
    const made = await scenario({ contents: texts(2) });
    const { id } = await start(made, { apiKey: "sk-of-this-job-alone" });
    const log = await made.db.auditEvent.findMany({ where: { target: id } });
    expect(log).toMatchObject([
      { action: "job.started", actorId: made.actor.userId, details: { records: 2, labels: ["sentiment"] } },
    ]);
    expect(JSON.stringify(log)).not.toContain("sk-of");
  });

  it("names what keeps a job from running, and writes nothing", async () => {
    const made = await scenario({ contents: ["a text"] });
    const refused = async (input: Record<string, unknown>, errors: unknown[]) => {
      await expect(start(made, input)).rejects.toMatchObject({ errors });
    };
    await refused({ labels: ["topic"] }, [{ path: "labels.0", message: expect.stringContaining('"topic"') }]);
    await refused({ spendCapUsd: 1 }, [{ path: "spendCapUsd", message: expect.stringContaining(MODEL) }]);
    await refused({ agentVersionId: newId() }, [{ path: "agentVersionId", message: expect.any(String) }]);
    await refused({ agentVersionId: undefined }, [{ path: "agentId", message: expect.any(String) }]);
    await refused({ recordIds: [newId()] }, [
      { path: "recordIds", message: expect.stringContaining("1 of the 1") },
    ]);
    await refused({ query: { keyword: "nowhere" } }, [{ path: "query", message: expect.any(String) }]);
    await refused({ query: { keyword: "" } }, [{ path: "query.keyword", message: expect.any(String) }]);
    await refused({ query: {}, recordIds: [newId()] }, [{ path: "recordIds", message: expect.any(String) }]);
    const { projectId } = made.actor;
    expect(await made.db.job.count({ where: { projectId } })).toBe(0);
    expect(await made.db.annotator.count({ where: { projectId } })).toBe(0);
    expect(await made.db.task.count()).toBe(0);
  });

  it("seals the job's key, sends it, and erases it at the end", async () => {
    completeEnv({ encryptionKey: "k".repeat(43) });
    const apiKey = "sk-one-job-only-1234567890";
    const made = await scenario({ contents: ["a text"] });
    const { id, ...answer } = await start(made, { apiKey });
    expect(JSON.stringify(answer)).not.toContain(apiKey);
    const { sealedApiKey } = await made.db.job.findUniqueOrThrow({ where: { id } });
    expect(sealedApiKey).not.toBeNull();
    expect(Buffer.from(sealedApiKey ?? []).toString("utf8")).not.toContain(apiKey);
    await work(made);
    await until(made, id);
    expect(made.double.calls.map(({ authorization }) => authorization)).toEqual([`Bearer ${apiKey}`]);
    expect((await made.db.job.findUniqueOrThrow({ where: { id } })).sealedApiKey).toBeNull();
  });
});

describe("estimateJob", () => {
  it("says what would be asked and what it costs at most, without a call", async () => {
    const contents = texts(450);
    const made = await scenario({ contents, model: { price: PRICE, max_tokens: 10 } });
    const plan = { project: "p", agentVersionId: made.agentVersionId, labels: ["sentiment"] };
    const few = await estimateJob(
      made.db,
      made.actor,
      estimateJobInput.parse({ ...plan, recordIds: [...made.recordIds.values()].slice(0, 100) }),
    );
    expect(few).toMatchObject({ records: 100, sampled: 100, maxAnswerTokens: 10, promptInvalid: 0 });
    const { total } = few.promptTokens;
    // Each call is rounded up to a whole micro-dollar.
    const bound = (total * 0.5 + 1000 * 1.5) / 1e6;
    expect(few.costBoundUsd).toBeGreaterThanOrEqual(bound);
    expect(few.costBoundUsd).toBeLessThan(bound + 100 / 1e6);

    const all = await estimateJob(made.db, made.actor, estimateJobInput.parse(plan));
    expect(all.records).toBe(450);
    expect(all.sampled).toBe(150);
    expect(all.promptTokens.exact).toBe(false);
    expect(all.promptTokens.total / 450).toBeCloseTo(total / 100, 0);
    expect(made.double.calls).toEqual([]);
  });
});

describe("listJobs and watchJob", () => {
  it("pages newest first, by agent, person, state and label", async () => {
    const made = await scenario({ contents: ["a text"] });
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.unshift((await start(made)).id);
    const list = (input: Record<string, unknown>) =>
      listJobs(made.db, made.actor, { project: "", limit: 2, ...input });
    const first = await list({});
    expect(first).toMatchObject({ total: 3, totalExact: true });
    const second = await list({ cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    expect((await list({ status: "queued", label: "sentiment", createdBy: made.actor.userId })).total).toBe(
      3,
    );
    expect((await list({ label: "topic" })).total).toBe(0);
    expect((await list({ status: "running" })).total).toBe(0);
    expect((await list({ agentId: newId() })).total).toBe(0);
    await expect(list({ cursor: "x" })).rejects.toMatchObject({ code: "invalid_cursor" });
  });

  it("say on which records a job ran, also when the subset is called otherwise or gone", async () => {
    const made = await scenario({ contents: ["good", "bad"] });
    const { projectId, userId } = made.actor;
    const query = { keyword: "good" };
    const subset = { id: newId(), name: "held-out" };
    await made.db.subset.create({ data: { ...subset, projectId, kind: "live", query, createdById: userId } });
    const all = await start(made);
    const found = await start(made, { query });
    const inSubset = await start(made, { subsetId: subset.id });
    expect(all.records).toEqual({ subset: null, query: null });
    expect(found).toMatchObject({ records: { subset: null, query }, counts: { total: 1 } });
    expect(inSubset).toMatchObject({ records: { subset, query: null }, counts: { total: 1 } });
    await made.db.subset.update({ where: { id: subset.id }, data: { name: "test", deletedAt: new Date() } });
    const { items: listed } = await listJobs(made.db, made.actor, { project: "", limit: 10 });
    expect(listed.map(({ records }) => records.subset?.name)).toEqual(["test", undefined, undefined]);
  });

  it("tells whoever watches how far a job is, from its start to its end", async () => {
    // The second half is answered once somebody has seen the first.
    let release = () => {};
    const seenHalf = new Promise<void>((resolve) => {
      release = resolve;
    });
    const made = await scenario({
      contents: texts(50),
      double: { fault: ({ number }) => (number > 25 ? { kind: "wait", until: seenHalf } : null) },
    });
    const { id } = await start(made);
    const abort = new AbortController();
    const seen: number[] = [];
    let status = "";
    for await (const job of watchJob(made.db, made.actor, { id }, abort.signal, made.listener)) {
      if (seen.length === 0) await work(made);
      seen.push(job.counts.called);
      if (job.counts.called > 0) release();
      status = job.status;
      if (status === "succeeded") abort.abort();
    }
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(50);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.some((called) => called > 0 && called < 50)).toBe(true);
  });

  it("tells whoever watches at once that the state has changed, however long counting takes", async () => {
    const made = await scenario({ contents: ["a text"] });
    const { id } = await start(made);
    const abort = new AbortController();
    const seen: string[] = [];
    let minutes = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => minutes++ * 60_000);
    try {
      for await (const job of watchJob(made.db, made.actor, { id }, abort.signal, made.listener)) {
        seen.push(job.status);
        if (job.status === "paused") abort.abort();
        // Later than the pause after the first look begins.
        else setImmediate(() => void pauseJob(made.db, made.actor, { id }));
      }
    } finally {
      clock.mockRestore();
    }
    expect(seen).toEqual(["queued", "paused"]);
  });
});
