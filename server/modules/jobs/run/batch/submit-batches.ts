import { newId } from "@/server/platform/ids";
import { type BatchItem, batchLimits, LlmError } from "@/server/platform/llm";
import { announceJob } from "../../job-events";
import { advanceCalls, type Step } from "../advance-calls";
import { type DueItem, dueItems } from "../due-items";
import { type PreparedItem, prepareItems } from "../prepared-item";
import { shareAnswers } from "../share-answers";
import { batchStop, type StopReason } from "../stop-reason";
import { writeInvalidPrompts } from "../write-failures";
import { asCommitted, writeLabels } from "../write-labels";
import type { BatchContext } from "./batch-context";
import {
  closeBatch,
  createBatch,
  dropBatch,
  hashesAtProvider,
  markSending,
  markSent,
  type Room,
} from "./job-batches";
import { putBack } from "./put-back";
import { batchKey, requestId } from "./request-id";

/** Of one batch at most, whatever the provider bears: so much of it is in memory. */
const MOST_REQUESTS = 10_000;
const MOST_BYTES = 16 * 1024 * 1024;
const WINDOW = 500;

export type Submitted = {
  reason: StopReason | null;
  /** The next call could pass a cap. */
  capped: boolean;
  /** Why nothing more is handed in for now, and how long the provider asked to wait. */
  wait: LlmError | null;
};

/** How a job hands in. @param probing it is paused by an outage, and tries again */
type Way = { room: Room; probing: boolean };

type Filled = {
  batchId: string | null;
  items: BatchItem[];
  cursor: number;
  end: "full" | "all" | "cap" | "stopped";
};

/**
 * Hands in what is due, batch after batch: attempts and bounds are committed first, then the batch as being sent,
 * then it is sent.
 */
export async function submitBatches(context: BatchContext, way: Way): Promise<Submitted> {
  let cursor = -1;
  for (;;) {
    context.signal.throwIfAborted();
    const filled = await fill(context, cursor, way);
    cursor = filled.cursor;
    const sent = await send(context, filled, way.probing);
    const capped = filled.end === "cap";
    if (sent) return { ...sent, capped };
    if (way.room.single || filled.end !== "full") return { reason: null, capped, wait: null };
  }
}

/** Makes a batch of the next items that are due. */
async function fill(context: BatchContext, after: number, way: Way): Promise<Filled> {
  const { db, run } = context;
  const filled: Filled = { batchId: null, items: [], cursor: after, end: "full" };
  let bytes = 0;
  const limits = batchLimits(run.provider);
  const room = {
    requests: Math.min(limits?.requests ?? MOST_REQUESTS, MOST_REQUESTS, way.room.requests ?? MOST_REQUESTS),
    bytes: Math.min(limits?.bytes ?? MOST_BYTES, MOST_BYTES),
  };
  while (filled.items.length < room.requests && bytes < room.bytes) {
    const due = await dueItems(
      db,
      run,
      [],
      Math.min(WINDOW, room.requests - filled.items.length),
      filled.cursor,
    );
    const last = due.at(-1);
    if (!last) return { ...filled, end: "all" };
    filled.batchId ??= await createBatch(db, run);
    const left = { bytes: room.bytes - bytes, isEmpty: filled.items.length === 0 };
    const fitting = takeFitting(context, filled.batchId, await requestsOf(context, due), left);
    const begun = await begin(context, filled.batchId, fitting.requests, way.probing);
    filled.items.push(...begun.items);
    bytes += begun.items.reduce((sum, item) => sum + item.bytes, 0);
    filled.cursor = fitting.next === null ? last.ordinal : fitting.next - 1;
    if (begun.end !== null) return { ...filled, end: begun.end };
    if (fitting.next !== null) break;
  }
  return filled;
}

type Request = { item: PreparedItem; ordinal: number };

/** What has to be asked of some items: not what was answered before or is at the provider already. */
async function requestsOf({ db, run }: BatchContext, due: readonly DueItem[]): Promise<Request[]> {
  const { prepared, invalid } = await prepareItems(run, due);
  await writeInvalidPrompts(db, run, invalid);
  const away = await hashesAtProvider(
    db,
    run,
    prepared.map(({ hash }) => hash),
  );
  const here = prepared.filter(({ hash }) => !away.has(hash));
  const shared = await shareAnswers(
    db,
    run,
    here.map(({ recordId, hash }) => ({ recordId, hash })),
  );
  await writeLabels(db, run, shared.map(asCommitted));
  const answered = new Set(shared.map(({ recordId }) => recordId));
  const ordinals = new Map(due.map(({ recordId, ordinal }) => [recordId, ordinal]));
  const first = new Map<string, Request>();
  for (const item of here) {
    if (answered.has(item.recordId) || first.has(item.hash)) continue;
    first.set(item.hash, { item, ordinal: ordinals.get(item.recordId) ?? 0 });
  }
  return [...first.values()];
}

type Written = { item: PreparedItem; attemptId: string; written: BatchItem };

/** As many as there is room for; `next`: the first that has to wait for another batch. */
function takeFitting(
  { run, batches, place }: BatchContext,
  batchId: string,
  requests: readonly Request[],
  { bytes, isEmpty }: { bytes: number; isEmpty: boolean },
): { requests: Written[]; next: number | null } {
  const fitting: Written[] = [];
  let left = bytes;
  for (const { item, ordinal } of requests) {
    const attemptId = newId();
    const { messages } = item;
    const { parameters } = run;
    const written = batches.write(place, { id: requestId(batchId, attemptId), messages, parameters });
    left -= written.bytes;
    // One that is too large for any batch goes alone: the provider says so.
    if (left < 0 && !(isEmpty && fitting.length === 0)) return { requests: fitting, next: ordinal };
    fitting.push({ item, attemptId, written });
  }
  return { requests: fitting, next: null };
}

/** Commits the attempts of requests with their bounds, as far as the caps allow. */
async function begin(
  { ledger, holder, run }: BatchContext,
  batchId: string,
  requests: readonly Written[],
  probing: boolean,
): Promise<{ items: BatchItem[]; end: "cap" | "stopped" | null }> {
  if (requests.length === 0) return { items: [], end: null };
  const steps = requests.map(({ item, attemptId }): Step => ({ answer: null, begin: item, attemptId }));
  const options = { ...holder, probing, samples: run.samples, batchId };
  const advanced = await advanceCalls(ledger, options, steps);
  const items: BatchItem[] = [];
  let end: "cap" | "stopped" | null = null;
  for (const [at, { begun }] of advanced.entries()) {
    const request = requests[at];
    if (!request || begun === null) continue;
    if ("attemptId" in begun) items.push(request.written);
    else end ??= begun.refused;
  }
  return { items, end };
}

/** Hands a batch in. @returns what keeps the next from being handed in, if anything does */
async function send(
  context: BatchContext,
  { batchId, items, end }: Filled,
  probing: boolean,
): Promise<Omit<Submitted, "capped"> | null> {
  const { db, run, holder, batches, place, signal } = context;
  if (batchId === null) return null;
  if (items.length === 0) {
    await dropBatch(db, run, batchId);
    return null;
  }
  if (end === "stopped" || !(await markSending(db, holder, batchId, { requests: items.length, probing }))) {
    await putBack(context, batchId, "The job was stopped before it handed this in.");
    await closeBatch(db, run, batchId, "ended");
    return { reason: null, wait: null };
  }
  await announceJob(db, run.jobId);
  try {
    const state = await batches.submit(place, { key: batchKey(batchId), items }, signal);
    // Another run has taken the job over and given this batch up.
    if (!(await markSent(db, run, batchId, state))) await batches.cancel(place, state.id, signal);
    return null;
  } catch (error) {
    if (!(error instanceof LlmError)) throw error;
    if (WAS_NOT_TAKEN.has(error.kind)) {
      await putBack(context, batchId, error.message);
      // Being asked to slow down says nothing of its size.
      await closeBatch(db, run, batchId, error.kind === "rate_limited" ? "ended" : "refused");
    }
    const reason = batchStop(error, run.errorPolicy);
    return { reason, wait: reason === null ? error : null };
  }
}

/** After these there is surely no such batch; after any other it is looked for. */
const WAS_NOT_TAKEN: ReadonlySet<LlmError["kind"]> = new Set([
  "rate_limited",
  "auth",
  "model_refused",
  "bad_request",
  "forbidden_address",
  "out_of_credit",
]);
