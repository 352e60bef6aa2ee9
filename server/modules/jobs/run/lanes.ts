import type { Db } from "@/server/platform/db";
import type { Llm, LlmError } from "@/server/platform/llm";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import type { ProviderGate } from "../pacing/provider-gate";
import { advanceCalls, type Begun, type Step } from "./advance-calls";
import { afterFailure } from "./after-failure";
import type { Pace } from "./back-off";
import { countAnswer, countFailure } from "./call-metrics";
import { callProvider, toCallAnswer } from "./call-provider";
import { createCallSlots } from "./call-slots";
import { createGroupWriter } from "./group-writer";
import type { ItemSource } from "./item-source";
import type { JobRun } from "./load-job-run";
import type { OutageWatch } from "./outage-watch";
import type { PreparedItem } from "./prepared-item";
import type { AnswerToRead } from "./read-answer";
import { capReached, type StopReason } from "./stop-reason";
import { createWakeUp } from "./wake-up";
import { type CallFailure, writeFailures } from "./write-failures";

/** Rows of one statement at most. */
const GROUP = 64;
/** Groups sent to the database at a time: the second begins when the first has committed, before this process hears of it. */
const ADVANCES_AT_ONCE = 2;

export type LanesOptions = {
  db: Db;
  /** Where answers and attempts are committed. */
  ledger: PreparedStatements;
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
 * Takes one item after another through its call until none is left or the run stops. Lanes run side by side, as many
 * as the job may have calls at the provider, and the few that are opened ahead of these.
 */
export type Lanes = {
  /** One call: false when there is nothing more to do here. */
  step(): Promise<boolean>;
  run(): Promise<void>;
};

/** A call whose attempt is committed. */
type Open = { item: PreparedItem; attemptId: string };

const NOT_SENT = "The call had not been sent when the job was stopped or had to wait.";

export function createLanes(options: LanesOptions): Lanes {
  const { db, run, llm, source, gate, pace, outage, halt, breakOff } = options;
  const { projectId, jobId } = run;
  const { leaseToken, probing } = options;
  const settled = createWakeUp(halt);
  const slots = createCallSlots(run.concurrency);
  let inFlight = 0;
  /** Calls were put back because no place got free: none is opened before one has ended. */
  let stalled = false;
  /** Nothing is left to open. */
  let over = false;
  const steps = createGroupWriter(
    async (group: Step[]) => {
      // Counted before it is known, lest a group that is refused meanwhile takes the last call for ended.
      const asked = group.filter(({ begin }) => begin !== null).length;
      inFlight += asked;
      let begun = 0;
      try {
        const advanced = await advanceCalls(
          options.ledger,
          { projectId, jobId, leaseToken, probing, samples: run.samples, batchId: null },
          group,
        );
        begun = advanced.filter((one) => one.begun !== null && "attemptId" in one.begun).length;
        return advanced;
      } finally {
        inFlight -= asked - begun;
      }
    },
    { largest: GROUP, atOnce: ADVANCES_AT_ONCE },
  );
  const failures = createGroupWriter(
    async (group: CallFailure[]) => {
      await writeFailures(db, run, group);
      return group.map(() => true);
    },
    { largest: GROUP },
  );

  /** A call begins, and so do those that follow it in the same lane without a wait. */
  async function work(goOn: () => boolean): Promise<boolean> {
    const item = await source.next();
    if (item === null || !(await gate.enter(run, halt))) return false;
    try {
      const { begun } = await steps.add({ answer: null, begin: item });
      let open = opened(item, begun);
      if (!open) return await refused(item, begun);
      for (;;) {
        const after = await perform(open, goOn);
        if (typeof after === "boolean") return after;
        open = after;
      }
    } finally {
      gate.leave();
    }
  }

  const opened = (item: PreparedItem, begun: Begun | null): Open | null =>
    begun && "attemptId" in begun ? { item, attemptId: begun.attemptId } : null;

  /** Calls in flight have reserved more than they will cost: the cap is reached when there are none. */
  async function refused(item: PreparedItem, begun: Begun | null): Promise<boolean> {
    const cap = begun !== null && "refused" in begun && begun.refused === "cap";
    if (!cap) return stop(null);
    if (inFlight === 0) return stop(capReached);
    source.putBack(item);
    await settled.wait(null);
    return true;
  }

  /** Makes the call and commits what came of it, together with the lane's next attempt, if it has one at hand. */
  async function perform({ item, attemptId }: Open, goOn: () => boolean): Promise<boolean | Open> {
    const close = () => {
      inFlight -= 1;
      stalled = false;
      settled.wake();
      options.onProgress();
    };
    if (!(await slots.take(halt))) {
      await putBack(item, attemptId).finally(close);
      stalled = inFlight > 0;
      return true;
    }
    if (gate.isPaused()) {
      slots.give();
      return putBack(item, attemptId).finally(close);
    }
    const sentAt = Date.now();
    const result = await callProvider(llm, run, item, breakOff).finally(slots.give);
    if (result === null) return false;
    if ("error" in result) return fail(item, attemptId, result.error, sentAt).finally(close);
    const answeredAt = Date.now();
    const answer = toCallAnswer(run, item, attemptId, result.completion);
    outage.answered();
    gate.ended(result.completion.rate, answer.promptTokens + answer.completionTokens);
    const next = goOn() && !halt.aborted ? takeNext() : null;
    const { kept, begun } = await steps.add({ answer, begin: next }).finally(close);
    slots.noteTimes({ callMs: answeredAt - sentAt, commitMs: Date.now() - answeredAt });
    // Dropped: another run has taken the job over.
    if (!kept) return stop(null);
    countAnswer(run, answer);
    await source.answered(item);
    const { raw, recordId, finishReason, servedModel } = answer;
    if (item.sample + 1 >= run.samples)
      await options.onAnswer({ recordId, raw, finishReason, servedModel, tokens: result.completion.tokens });
    if (next === null) return true;
    return opened(next, begun) ?? refused(next, begun);
  }

  /** Another item for a lane whose call has ended, if one is at hand and the provider bears it at once. */
  function takeNext(): PreparedItem | null {
    const item = source.take();
    if (item === null || gate.mayStay()) return item;
    source.putBack(item);
    return null;
  }

  /** What was opened and not sent is as if it had never been opened. */
  async function putBack(item: PreparedItem, attemptId: string): Promise<boolean> {
    const { recordId } = item;
    await failures.add({ attemptId, recordId, kind: "not_asked", message: NOT_SENT, next: "put-back" });
    source.failed(item, false);
    return true;
  }

  async function fail(
    item: PreparedItem,
    attemptId: string,
    { kind, message, retryAfterMs: asked, details }: LlmError,
    sentAt: number,
  ): Promise<boolean> {
    countFailure(run, kind);
    const retryAfterMs = asked === null ? null : Math.min(asked, pace.longestRetryAfterMs);
    if (kind === "rate_limited") gate.refused(sentAt, retryAfterMs, details.rate);
    else gate.ended(details.rate, null);
    if (retryAfterMs !== null) options.onRetryAfter(Date.now() + retryAfterMs);
    const { reason, next } = afterFailure(run, {
      kind,
      message,
      retryAfterMs,
      tries: item.attempts + 1,
      outage: outage.failed(kind, Date.now()),
      pace,
    });
    await failures.add({ attemptId, recordId: item.recordId, kind, message, next });
    source.failed(item, next === "given-up");
    return reason ? stop(reason) : true;
  }

  function stop(reason: StopReason | null): false {
    options.onStop(reason);
    return false;
  }

  /** @param ahead the lane works while so many calls and more are worth being opened ahead; null: always */
  async function lane(ahead: number | null): Promise<void> {
    const isWanted = () => !stalled && (ahead === null || slots.ahead() > ahead);
    for (;;) {
      if (isWanted()) {
        if (!(await work(isWanted))) return;
      } else {
        if (over || halt.aborted) return;
        await settled.wait(null);
      }
    }
  }

  return {
    step: () => work(() => false),
    async run() {
      const start = (ahead: number | null) =>
        lane(ahead).catch((error: unknown) => {
          options.onStop(null);
          throw error;
        });
      const lanes = Array.from({ length: run.concurrency }, () => start(null));
      const more = Array.from({ length: slots.mostAhead }, (_, ahead) => start(ahead));
      const noneLeft = Promise.allSettled(lanes).then(() => {
        over = true;
        settled.wake();
      });
      const ends = await Promise.allSettled([...lanes, ...more, noneLeft]);
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    },
  };
}
