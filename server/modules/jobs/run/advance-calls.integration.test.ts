import { expect, it } from "vitest";
import { newId } from "@/server/platform/ids";
import { openPreparedStatements } from "@/server/platform/prepared-statements";
import { jobTests } from "../testing/harness";
import { start, texts } from "../testing/scenario";
import { advanceCalls, type Step } from "./advance-calls";

const { scenario, getDatabase } = jobTests();
const BOUND = 100;
/** Room for a third of the calls and a bit. */
const CAP = 1050;

it("keeps a cap between statements that are under way at a time", async () => {
  const price = { inputPerMillion: 1, outputPerMillion: 2 };
  const made = await scenario({ contents: texts(30), model: { price, max_tokens: 10 } });
  const { id: jobId } = await start(made, { spendCapUsd: CAP / 1_000_000 });
  const { projectId } = made.actor;
  const leaseToken = newId();
  await made.db.job.update({ where: { id: jobId }, data: { status: "running" } });
  await made.db.task.updateMany({ data: { leaseToken } });
  const steps = [...made.recordIds.values()].map((recordId): Step => {
    const item = { recordId, attempts: 0, messages: [], hash: recordId, sample: 0, boundMicroUsd: BOUND };
    return { answer: null, begin: item };
  });
  const ledger = openPreparedStatements(getDatabase().pool, 4);
  try {
    const options = { projectId, jobId, leaseToken, probing: false, samples: 1, batchId: null };
    const groups = Array.from({ length: 10 }, (_, at) => steps.slice(3 * at, 3 * at + 3));
    const advanced = await Promise.all(groups.map((group) => advanceCalls(ledger, options, group)));
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
