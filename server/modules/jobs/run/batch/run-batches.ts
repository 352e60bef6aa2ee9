import { type LlmBatches, LlmError } from "@/server/platform/llm";
import { openPreparedStatements } from "@/server/platform/prepared-statements";
import type { TaskContext } from "@/server/platform/queue";
import { lookDelay, outageDelay, type Pace } from "../back-off";
import { nextDueInMs } from "../due-items";
import type { LoadedJob } from "../load-job-run";
import { readLeftOvers } from "../read-left-overs";
import { markRunning, type SettleOptions } from "../settle-job";
import { batchStop, capReached, keyLost, killedTooOften, type StopReason } from "../stop-reason";
import { attendBatch, loseBatch } from "./attend-batch";
import { type BatchContext, placeOf } from "./batch-context";
import { countOpenBatches, type OpenBatch, openBatches, roomAtProvider } from "./job-batches";
import { settleBatches } from "./settle-batches";
import { submitBatches } from "./submit-batches";

export type RunBatchesOptions = {
  job: LoadedJob;
  settling: SettleOptions;
  context: TaskContext;
  batches: LlmBatches;
  pace: Pace;
  outageTries: number;
  /** Runs after which a worker that was killed was killed by the job. */
  mostRuns: number;
};

/** A provider ends a batch within a day; of one that is older than this nothing more is expected. */
const LONGEST_MS = 48 * 3_600_000;

/**
 * One look at a job that is asked in batches: takes what has come, hands in what is due, and ends. It may be killed at
 * any moment: each batch and what is in it are rows before it is handed in.
 */
export async function runBatches(options: RunBatchesOptions): Promise<void> {
  const { job, settling, context, batches, pace, outageTries, mostRuns } = options;
  const { db, log, signal, leaseToken, attempt } = context;
  const { projectId, jobId } = settling;
  const open = await openBatches(db, settling);
  if (!isWanted(job) && open.length === 0) return;
  const run = await job.loadRun();
  const ledger = openPreparedStatements(context.pool);
  try {
    const holder = { projectId, jobId, leaseToken };
    const place = placeOf(run);
    const look = { db, ledger, run, holder, batches, place, pace, log, signal };
    if (job.status === "queued") await markRunning(db, settling);
    const looked: Looked =
      attempt > mostRuns
        ? { reason: killedTooOften(mostRuns), waitMs: 0 }
        : run.keyLost
          ? { reason: keyLost, waitMs: 0 }
          : await lookAt(look, options, open);
    signal.throwIfAborted();
    if (isTheEnd(looked.reason, job))
      for (const { id } of await openBatches(db, run)) await loseBatch(look, id);
    const now = Date.now();
    await settleBatches(db, settling, {
      reason: looked.reason,
      held: looked.held ?? null,
      halted: isHalted(job),
      at: new Date(now + looked.waitMs),
      outage: { tries: outageTries + 1, at: new Date(now + outageDelay(outageTries, pace)) },
    });
  } finally {
    await ledger.close();
  }
}

const isWanted = ({ status, pausedReason, cancelRequested }: LoadedJob): boolean =>
  cancelRequested || status === "queued" || status === "running" || isOutage({ status, pausedReason });

const isOutage = ({ status, pausedReason }: Pick<LoadedJob, "status" | "pausedReason">): boolean =>
  status === "paused" && pausedReason === "provider_outage";

const isHalted = (job: LoadedJob): boolean =>
  job.cancelRequested || (job.status === "paused" && !isOutage(job));

/** Nobody will look at its batches again: it fails, or was cancelled and the provider doesn't let it in. */
const isTheEnd = (reason: StopReason | null, { cancelRequested }: LoadedJob): boolean =>
  reason?.kind === "fail" || (cancelRequested && reason !== null && reason.reason !== "provider_outage");

type Looked = {
  reason: StopReason | null;
  waitMs: number;
  /** Why the provider takes no more for now. */
  held?: LlmError | null;
};

async function lookAt(
  look: BatchContext,
  { job, settling }: RunBatchesOptions,
  open: readonly OpenBatch[],
): Promise<Looked> {
  const { db, run, pace } = look;
  await readLeftOvers(db, run);
  const halted = isHalted(job);
  const attended = await attendAll(look, open, halted);
  const waitMs = lookDelay(youngest(open), pace);
  if (attended.reason) return { reason: attended.reason, waitMs };
  let probing = isOutage(job);
  if (probing && attended.heard) {
    await markRunning(db, settling);
    probing = false;
  }
  if (attended.held) return { reason: null, ...heldBy(attended.held, waitMs, pace) };
  if (halted || attended.unsettled) return { reason: null, waitMs };
  const submitted = await submitBatches(look, { room: await roomAtProvider(db, run), probing });
  if (submitted.reason) return { reason: submitted.reason, waitMs };
  if (probing) await markRunning(db, settling);
  if (submitted.wait) return { reason: null, ...heldBy(submitted.wait, waitMs, pace) };
  const atProvider = await countOpenBatches(db, run);
  if (submitted.capped && atProvider === 0) return { reason: capReached, waitMs };
  return { reason: null, waitMs: await waitFor(look, waitMs, atProvider) };
}

const heldBy = (held: LlmError, waitMs: number, pace: Pace): Pick<Looked, "held" | "waitMs"> => ({
  held,
  waitMs: Math.max(waitMs, held.retryAfterMs ?? pace.longestLookMs),
});

/** Milliseconds until there is something to look at: at the provider, or an item whose time comes. */
async function waitFor({ db, run, pace }: BatchContext, waitMs: number, atProvider: number): Promise<number> {
  const dueInMs = (await nextDueInMs(db, run)) ?? waitMs;
  return atProvider === 0 ? Math.max(dueInMs, 0) : Math.min(Math.max(dueInMs, pace.firstLookMs), waitMs);
}

/** How long the last batch has been away; 0: none is. */
const youngest = (open: readonly OpenBatch[]): number => {
  const times = open.map(({ sentAt, createdAt }) => (sentAt ?? createdAt).getTime());
  return times.length === 0 ? 0 : Date.now() - Math.max(...times);
};

type AttendedAll = {
  reason: StopReason | null;
  held: LlmError | null;
  unsettled: boolean;
  /** The provider was asked and answered. */
  heard: boolean;
};

/** @param halted what single batches say does not matter any more, only whether the provider can be asked */
async function attendAll(
  look: BatchContext,
  open: readonly OpenBatch[],
  halted: boolean,
): Promise<AttendedAll> {
  const all: AttendedAll = { reason: null, held: null, unsettled: false, heard: false };
  for (const batch of open) {
    look.signal.throwIfAborted();
    try {
      const { reason, full, unsettled } = await attendBatch(look, batch, halted);
      if (!halted) all.reason ??= reason;
      all.held ??= full;
      all.unsettled ||= unsettled;
      all.heard ||= batch.status !== "preparing";
    } catch (error) {
      if (!(error instanceof LlmError)) throw error;
      if (Date.now() - batch.createdAt.getTime() > LONGEST_MS) await loseBatch(look, batch.id);
      const reason = batchStop(error, look.run.errorPolicy);
      return reason ? { ...all, reason: all.reason ?? reason } : { ...all, held: error };
    }
  }
  return all;
}
