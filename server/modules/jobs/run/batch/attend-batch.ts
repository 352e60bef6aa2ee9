import { LlmError } from "@/server/platform/llm";
import { announceProgress } from "../../job-events";
import { batchStop, type StopReason } from "../stop-reason";
import { takeOver } from "../take-over";
import type { BatchContext } from "./batch-context";
import {
  closeBatch,
  knownBatches,
  markSent,
  noteCancelled,
  noteProgress,
  type OpenBatch,
} from "./job-batches";
import { putBack } from "./put-back";
import { batchKey } from "./request-id";
import { takeResults } from "./take-results";

export type Attended = {
  /** Why the job must stop. */
  reason: StopReason | null;
  /** Why the provider has no room for it now. */
  full: LlmError | null;
  /** Whether it came to be at the provider is not known yet. */
  unsettled: boolean;
};

const GOES_ON: Attended = { reason: null, full: null, unsettled: false };

/**
 * Looks after one batch: finds it again when its id was not learned, takes its results when it has ended.
 * @param halted the job is paused or cancelled: what is at the provider is cancelled, and what came is taken
 * @throws LlmError when the provider can't be asked
 */
export async function attendBatch(
  context: BatchContext,
  batch: OpenBatch,
  halted: boolean,
): Promise<Attended> {
  if (batch.status === "preparing") {
    await putBack(context, batch.id, "The worker was interrupted before it handed this in.");
    await closeBatch(context.db, context.run, batch.id, "ended");
    return GOES_ON;
  }
  if (batch.externalId !== null)
    return attendSent(context, { ...batch, externalId: batch.externalId }, halted);
  const found = await recover(context, batch);
  if (found === "unsettled") return { ...GOES_ON, unsettled: true };
  return found === "wait" ? GOES_ON : attendSent(context, { ...batch, externalId: found.id }, halted);
}

/** Looks for a batch that may be at the provider. `wait`: it is not there, or that shows later. */
async function recover(
  context: BatchContext,
  batch: OpenBatch,
): Promise<{ id: string } | "wait" | "unsettled"> {
  const { db, run, batches, place, pace, signal } = context;
  const since = batch.sentAt ?? batch.createdAt;
  const except = await knownBatches(db, batch.createdAt);
  const sought = { key: batchKey(batch.id), requests: batch.requests, since, except };
  const found = await batches.find(place, sought, signal);
  if (typeof found === "object") {
    await markSent(db, run, batch.id, found);
    return { id: found.id };
  }
  if (found === "unsure") return "wait";
  if (Date.now() - since.getTime() <= pace.listedWithinMs) return "unsettled";
  await putBack(context, batch.id, "The provider knows of no batch with this.");
  await closeBatch(db, run, batch.id, "ended");
  return "wait";
}

async function attendSent(
  context: BatchContext,
  batch: OpenBatch & { externalId: string },
  halted: boolean,
): Promise<Attended> {
  const { db, run, batches, place, signal } = context;
  const state = await batches.look(place, batch.externalId, signal);
  if (state === "gone") {
    await loseBatch(context, batch.id);
    return GOES_ON;
  }
  if (state.state === "waiting") {
    if (await noteProgress(db, run, batch.id, state.done)) await announceProgress(db, run.jobId);
    if (halted && !batch.cancelled) {
      await batches.cancel(place, batch.externalId, signal).catch(unlessItEnded);
      await noteCancelled(db, run, batch.id);
    }
    return GOES_ON;
  }
  if (state.state === "refused") {
    const message = state.error?.message ?? "The provider refused the batch.";
    await putBack(context, batch.id, message);
    await closeBatch(db, run, batch.id, "refused");
    const reason = state.error && batchStop(state.error, run.errorPolicy);
    return { ...GOES_ON, reason, full: reason === null ? state.error : null };
  }
  const reason = await takeResults(context, batch, state);
  await closeBatch(db, run, batch.id, "ended");
  await tidyUp(context, state);
  return { ...GOES_ON, reason };
}

/** What has ended meanwhile is not cancelled any more; the next look shows it. */
function unlessItEnded(error: unknown): void {
  if (!(error instanceof LlmError && error.kind === "bad_request")) throw error;
}

/** Nothing is left of it at the provider; where that fails, it deletes the files itself after a month. */
async function tidyUp(
  { batches, place, signal, log }: BatchContext,
  state: Parameters<typeof batches.remove>[1],
): Promise<void> {
  await batches.remove(place, state, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    log.warn({ err: error }, "the files of a batch could not be deleted at the provider");
  });
}

/** Gives a batch up whose end will not be learned: what it had unanswered is uncertain. */
export async function loseBatch({ db, run, holder }: BatchContext, batchId: string): Promise<void> {
  await takeOver(db, { ...holder, batchId });
  await closeBatch(db, run, batchId, "lost");
}
