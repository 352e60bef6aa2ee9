import type { Db } from "@/server/platform/db";
import type { Llm, LlmError } from "@/server/platform/llm";
import { type Pace, retryDelay } from "./back-off";
import { beginCalls } from "./begin-calls";
import { callProvider, toCallAnswer } from "./call-provider";
import { createGroupWriter } from "./group-writer";
import type { ItemSource } from "./item-source";
import type { JobRun } from "./load-job-run";
import type { OutageWatch } from "./outage-watch";
import type { PreparedItem } from "./prepared-item";
import type { ProviderGate } from "./provider-gate";
import type { AnswerToRead } from "./read-answer";
import { capReached, type StopReason, stopReasonOf } from "./stop-reason";
import { createWakeUp } from "./wake-up";
import { type CallAnswer, writeAnswers } from "./write-answers";
import { type CallFailure, writeFailures } from "./write-failures";

/** Rows of one statement at most. */
const GROUP = 64;

export type LanesOptions = {
  db: Db;
  run: JobRun;
  llm: Llm;
  leaseToken: string;
  source: ItemSource;
  gate: ProviderGate;
  pace: Pace;
  outage: OutageWatch;
  /** The paused job tries a provider that is down. */
  probing: boolean;
  /** Aborted: no further call begins. */
  halt: AbortSignal;
  /** Aborted: calls under way are broken off. */
  breakOff: AbortSignal;
  /** Takes a committed answer; waits when too many are still to be read. */
  onAnswer(answer: AnswerToRead): Promise<void>;
  /** A provider asked to wait. */
  onRetryAfter(untilMs: number): void;
  /** Something of what people look at has changed. */
  onProgress(): void;
  onStop(reason: StopReason | null): void;
};

/**
 * Takes one item after another through its call until none is left or the run stops. Lanes run side by side,
 * as many as the job may have calls in flight.
 */
export type Lanes = {
  /** One item: false when there is nothing more to do here. */
  step(): Promise<boolean>;
  run(): Promise<void>;
};

export function createLanes(options: LanesOptions): Lanes {
  const { db, run, llm, source, gate, pace, outage, halt, breakOff } = options;
  const settled = createWakeUp(halt);
  let inFlight = 0;
  const { projectId, jobId } = run;
  const { leaseToken, probing } = options;
  const begins = createGroupWriter(async (items: PreparedItem[]) => {
    const begun = await beginCalls(db, { projectId, jobId, leaseToken, probing }, items);
    inFlight += begun.filter((one) => "attemptId" in one).length;
    return begun;
  }, GROUP);
  const answers = createGroupWriter((group: CallAnswer[]) => writeAnswers(db, run, group), GROUP);
  const failures = createGroupWriter(async (group: CallFailure[]) => {
    await writeFailures(db, run, group);
    return group.map(() => true);
  }, GROUP);

  async function step(): Promise<boolean> {
    const item = await source.next();
    if (item === null || !(await gate.enter(halt))) return false;
    try {
      const begun = await begins.add(item);
      if ("attemptId" in begun) return await perform(item, begun.attemptId);
      return begun.refused === "cap" ? await waitForRoom(item) : stop(null);
    } finally {
      gate.leave();
    }
  }

  /** Calls in flight have reserved more than they will cost: the cap is reached when there are none. */
  async function waitForRoom(item: PreparedItem): Promise<boolean> {
    if (inFlight === 0) return stop(capReached);
    source.putBack(item);
    await settled.wait(null);
    return true;
  }

  async function perform(item: PreparedItem, attemptId: string): Promise<boolean> {
    const sentAt = Date.now();
    try {
      const result = await callProvider(llm, run, item, breakOff);
      if (result === null) return false;
      if ("error" in result) return await fail(item, attemptId, result.error, sentAt);
      const answer = toCallAnswer(run, item, attemptId, result.completion);
      outage.answered();
      gate.bore();
      // Dropped: another run has taken the job over.
      if (!(await answers.add(answer))) return stop(null);
      await source.answered(item);
      const { raw, recordId, finishReason } = answer;
      await options.onAnswer({ recordId, raw, finishReason, tokens: result.completion.tokens });
      return true;
    } finally {
      inFlight -= 1;
      settled.wake();
      options.onProgress();
    }
  }

  async function fail(
    item: PreparedItem,
    attemptId: string,
    { kind, message, retryAfterMs }: LlmError,
    sentAt: number,
  ): Promise<boolean> {
    if (kind === "rate_limited") gate.refused(sentAt);
    if (retryAfterMs !== null)
      options.onRetryAfter(Date.now() + Math.min(retryAfterMs, pace.longestRetryAfterMs));
    const reason = stopReasonOf(kind, message, outage.failed(kind, Date.now()));
    const givenUp = reason === null && (kind === "bad_request" || item.attempts + 1 > run.maxRetries);
    const retryInMs = retryDelay(item.attempts + 1, retryAfterMs, pace, Math.random());
    const next = reason ? "put-back" : givenUp ? "given-up" : { retryInMs };
    await failures.add({ attemptId, recordId: item.recordId, kind, message, next });
    source.failed(item, givenUp);
    return reason ? stop(reason) : true;
  }

  function stop(reason: StopReason | null): false {
    options.onStop(reason);
    return false;
  }

  async function lane(): Promise<void> {
    while (await step());
  }

  return {
    step,
    async run() {
      const lanes = Array.from({ length: run.concurrency }, () =>
        lane().catch((error: unknown) => {
          options.onStop(null);
          throw error;
        }),
      );
      const ends = await Promise.allSettled(lanes);
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    },
  };
}
