import { expect, it } from "vitest";
import { newId } from "@/server/platform/ids";
import { openPreparedStatements } from "@/server/platform/prepared-statements";
import { jobTests } from "../testing/harness";
import { type ScenarioOptions, start, texts } from "../testing/scenario";
import { advanceCalls } from "./advance-calls";
import type { CallAnswer } from "./call-answer";

const { scenario, getDatabase } = jobTests();
const BOUND = 100;
/** Room for a third of the calls and a bit. */
const CAP = 1050;

/** A job under way, and the step that begins the call of each of its records. */
async function underWay(
  options: Pick<ScenarioOptions, "contents" | "model">,
  caps: { spendCapUsd?: number },
) {
  const made = await scenario(options);
  const { id: jobId } = await start(made, caps);
  const { projectId } = made.actor;
  const leaseToken = newId();
  await made.db.job.update({ where: { id: jobId }, data: { status: "running" } });
  await made.db.task.updateMany({ data: { leaseToken } });
  const steps = [...made.recordIds.values()].map((recordId) => {
    const item = { recordId, attempts: 0, messages: [], hash: recordId, sample: 0, boundMicroUsd: BOUND };
    return { answer: null, begin: item, attemptId: newId() };
  });
  const advance = { projectId, jobId, leaseToken, probing: false, samples: 1, batchId: null };
  return { made, jobId, projectId, steps, advance };
}

it("keeps a cap between statements that are under way at a time", async () => {
  const price = { inputPerMillion: 1, outputPerMillion: 2 };
  const { made, jobId, projectId, steps, advance } = await underWay(
    { contents: texts(30), model: { price, max_tokens: 10 } },
    { spendCapUsd: CAP / 1_000_000 },
  );
  const ledger = openPreparedStatements(getDatabase().pool, 4);
  try {
    const groups = Array.from({ length: 10 }, (_, at) => steps.slice(3 * at, 3 * at + 3));
    const advanced = await Promise.all(groups.map((group) => advanceCalls(ledger, advance, group)));
    const begun = advanced.flat().filter((one) => one.begun !== null && "attemptId" in one.begun);
    expect(begun).toHaveLength(Math.floor(CAP / BOUND));
  } finally {
    await ledger.close();
  }
  const attempts = await made.db.jobAttempt.aggregate({
    where: { jobId },
    _count: true,
    _sum: { reservedMicroUsd: true },
  });
  expect(attempts).toEqual({ _count: 10, _sum: { reservedMicroUsd: 1000n } });
  const held = { select: { reservedMicroUsd: true } } as const;
  expect(await made.db.job.findUnique({ where: { id: jobId }, ...held })).toEqual({
    reservedMicroUsd: 1000n,
  });
  expect(await made.db.project.findUnique({ where: { id: projectId }, ...held })).toEqual({
    reservedMicroUsd: 1000n,
  });
});

it("finds the attempts of answers by their keys, not among all that were in flight", async () => {
  const { made, jobId, steps, advance } = await underWay({ contents: texts(4) }, {});
  const ledger = openPreparedStatements(getDatabase().pool);
  const readsOf = async () => {
    await ledger.rowsOfText("flush", "select pg_stat_force_next_flush()", []);
    return ledger.rowsOfText<{ name: string; reads: number }>(
      "reads",
      `select indexrelname as name, idx_scan::int as reads from pg_stat_user_indexes where relname = 'JobAttempt'`,
      [],
    );
  };
  try {
    await advanceCalls(ledger, advance, steps);
    const before = await readsOf();
    const answers = steps.map(({ begin, attemptId }) => ({
      answer: answerTo(begin, attemptId),
      begin: null,
    }));
    expect((await advanceCalls(ledger, advance, answers)).every(({ kept }) => kept)).toBe(true);
    const read = (await readsOf()).filter(
      ({ name, reads }) => reads > (before.find((one) => one.name === name)?.reads ?? 0),
    );
    expect(read.map(({ name }) => name)).toEqual(["JobAttempt_pkey"]);
  } finally {
    await ledger.close();
  }
  expect(await made.db.jobAttempt.count({ where: { jobId, outcome: "answered" } })).toBe(4);
});

const answerTo = ({ recordId, hash }: { recordId: string; hash: string }, attemptId: string): CallAnswer => ({
  attemptId,
  recordId,
  hash,
  sample: 0,
  raw: "Sentiment: positive",
  finishReason: "stop",
  tokens: null,
  servedModel: null,
  promptTokens: 10,
  completionTokens: 2,
  tokensEstimated: false,
  costMicroUsd: null,
  latencyMs: 50,
});
