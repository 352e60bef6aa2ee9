import type { BatchResult, BatchState } from "@/server/platform/llm";
import { announceProgress } from "../../job-events";
import { advanceCalls } from "../advance-calls";
import { afterFailure } from "../after-failure";
import { countAnswer, countFailure } from "../call-metrics";
import { toCallAnswer } from "../call-provider";
import type { StopReason } from "../stop-reason";
import { type CallFailure, writeFailures } from "../write-failures";
import { writeLabels } from "../write-labels";
import type { BatchContext } from "./batch-context";
import { findOpenCalls, type OpenBatch, type OpenCall, someOpenCalls } from "./job-batches";
import { promptsOf } from "./prompts-of";
import { putBack } from "./put-back";
import { attemptOf } from "./request-id";

/** Results of one transaction; what is held in memory of them. */
const GROUP = 200;

type Result = { attemptId: string; result: BatchResult };
type Failure = { call: OpenCall; failure: Omit<CallFailure, "attemptId" | "recordId" | "next"> };

/**
 * Takes what a batch has brought: each answer is committed, read and labelled as one of a call of its own. Killed in
 * between, it is done again, and what was committed is passed over.
 * @returns why the job must stop, if a result says so
 */
export async function takeResults(
  context: BatchContext,
  batch: OpenBatch,
  state: BatchState,
): Promise<StopReason | null> {
  const { batches, place, signal, db } = context;
  const reasons: (StopReason | null)[] = [];
  const group: Result[] = [];
  for await (const result of batches.results(place, state, signal)) {
    const attemptId = attemptOf(batch.id, result.id);
    if (attemptId !== null) group.push({ attemptId, result });
    if (group.length >= GROUP) reasons.push(await takeGroup(context, batch, group.splice(0)));
  }
  reasons.push(await takeGroup(context, batch, group));
  if (batch.cancelled) await putBack(context, batch.id, CANCELLED);
  for (;;) {
    const calls = await someOpenCalls(db, batch.id, GROUP);
    if (calls.length === 0) return reasons.find((reason) => reason !== null) ?? null;
    reasons.push(await fail(context, calls.map(unmentioned)));
  }
}

const CANCELLED = "The batch was cancelled before this was asked.";

const unmentioned = (call: OpenCall): Failure => ({
  call,
  failure: { kind: "provider_error", message: "The batch has ended without a result for this." },
});

async function takeGroup(
  context: BatchContext,
  batch: OpenBatch,
  results: readonly Result[],
): Promise<StopReason | null> {
  const { db, run, signal } = context;
  signal.throwIfAborted();
  const calls = await findOpenCalls(
    db,
    batch.id,
    results.map(({ attemptId }) => attemptId),
  );
  const open = new Map(calls.map((call) => [call.attemptId, call]));
  const answers: { call: OpenCall; completion: Completion }[] = [];
  const failures: Failure[] = [];
  for (const { attemptId, result } of results) {
    const call = open.get(attemptId);
    if (!call) continue;
    // A second line for the same request is none.
    open.delete(attemptId);
    if ("completion" in result) answers.push({ call, completion: result.completion });
    else failures.push({ call, failure: failureOf(result) });
  }
  await keep(context, answers);
  const reason = await fail(context, failures);
  await announceProgress(db, run.jobId);
  return reason;
}

type Completion = Extract<BatchResult, { completion: unknown }>["completion"];

/** Commits answers, then reads them. */
async function keep(
  { db, ledger, run, holder }: BatchContext,
  answers: readonly { call: OpenCall; completion: Completion }[],
): Promise<void> {
  if (answers.length === 0) return;
  const uncounted = answers.filter(({ completion }) => completion.usage === null);
  const prompts = await promptsOf(
    db,
    run,
    uncounted.map(({ call }) => call.recordId),
  );
  const steps = answers.map(({ call, completion }) => ({
    begin: null,
    answer: toCallAnswer(
      run,
      { ...call, sample: 0, messages: prompts.get(call.recordId) ?? [] },
      call.attemptId,
      { ...completion, latencyMs: null },
    ),
  }));
  const options = { ...holder, probing: false, samples: run.samples, batchId: null };
  const advanced = await advanceCalls(ledger, options, steps);
  for (const [at, { answer }] of steps.entries()) if (advanced[at]?.kept) countAnswer(run, answer);
  await writeLabels(
    db,
    run,
    steps.flatMap(({ answer }, at) =>
      advanced[at]?.kept ? [{ ...answer, tokens: answers[at]?.completion.tokens ?? null }] : [],
    ),
  );
}

function failureOf(result: Exclude<BatchResult, { completion: unknown }>): Failure["failure"] {
  if ("error" in result) {
    const { kind, message } = result.error;
    return { kind, message, unbilled: true };
  }
  if (result.left === "cancelled") return { kind: "not_asked", message: CANCELLED };
  const message = "The provider did not come to this within the time of the batch.";
  return { kind: "timeout", message, unbilled: true };
}

/** Commits what brought no answer; each item goes on by the job's policy for its error. */
async function fail(context: BatchContext, failures: readonly Failure[]): Promise<StopReason | null> {
  const { db, run, pace } = context;
  if (failures.length === 0) return null;
  let reason: StopReason | null = null;
  const written = failures.map(({ call, failure }): CallFailure => {
    const { attemptId, recordId, tries } = call;
    const { kind, message } = failure;
    if (kind === "not_asked") return { attemptId, recordId, ...failure, next: "put-back" };
    countFailure(run, kind);
    const after = afterFailure(run, { kind, message, retryAfterMs: null, tries, outage: false, pace });
    reason ??= after.reason;
    return { attemptId, recordId, ...failure, next: after.next };
  });
  await writeFailures(db, run, written);
  return reason;
}
