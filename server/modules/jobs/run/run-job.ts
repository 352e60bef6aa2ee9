import { setMaxListeners } from "node:events";
import { z } from "zod";
import { type EventListener, getEventListener } from "@/server/platform/events";
import type { Llm, LlmBatches } from "@/server/platform/llm";
import { openStatementPipeline, type PreparedStatements } from "@/server/platform/prepared-statements";
import type { TaskContext } from "@/server/platform/queue";
import { announceProgress } from "../job-events";
import { providerGate, providerName } from "../pacing/provider-gate";
import { defaultPace, outageDelay, type Pace } from "./back-off";
import { createBacklog } from "./backlog";
import { runBatches } from "./batch/run-batches";
import { createGroupWriter } from "./group-writer";
import { openItemSource } from "./item-source";
import { createLanes, type LanesOptions } from "./lanes";
import { type JobRun, type LoadedJob, loadJob } from "./load-job-run";
import { createOutageWatch } from "./outage-watch";
import type { AnswerToRead } from "./read-answer";
import { READ_GROUP, readLeftOvers } from "./read-left-overs";
import { markRunning, type SettleOptions, settleJob } from "./settle-job";
import { keyLost, killedTooOften, type StopReason } from "./stop-reason";
import { takeOver } from "./take-over";
import { createThrottle } from "./throttle";
import { announceProviderPause, watchControls } from "./watch-controls";
import { asCommitted, writeLabels } from "./write-labels";

type RunJobDeps = {
  llm: Llm;
  batches: LlmBatches;
  pace?: Pace;
  listener?: EventListener;
};

const payloadShape = z.object({ projectId: z.uuid(), jobId: z.uuid(), outageTries: z.number().int().min(0) });
/** A worker that was killed so often in this job was killed by it. */
const MOST_RUNS = 20;
/** How long calls under way may still take when the worker stops; the queue waits 5 s. */
const BREAK_OFF_AFTER = 3000;
const PROGRESS_EVERY = 250;
/** Answers that may wait to be read. */
const MOST_UNREAD = 1000;
/** Labels may come a moment later than answers, for fewer and larger transactions. */
const READ_LINGER = 200;

/**
 * Runs a job until it has ended or paused. It may be killed at any moment and run again: committed answers are
 * kept and never asked for again, calls that were in flight are uncertain and asked again.
 */
export async function runJob(payload: unknown, context: TaskContext, deps: RunJobDeps): Promise<void> {
  const { projectId, jobId, outageTries } = payloadShape.parse(payload);
  const { db, leaseToken, isCurrent, signal, attempt } = context;
  const { pace = defaultPace } = deps;
  const job = await loadJob(db, projectId, jobId);
  if (!job) return;
  const settling: SettleOptions = { projectId, jobId, isCurrent };
  const { batches } = deps;
  if (job.mode === "batch")
    return runBatches({ job, settling, context, batches, pace, outageTries, mostRuns: MOST_RUNS });
  if (!isRunnable(job)) return;
  const settle = (reason: StopReason | null) => {
    const at = new Date(Date.now() + outageDelay(outageTries, pace));
    return settleJob(db, settling, reason, { tries: outageTries + 1, at });
  };
  await takeOver(db, { projectId, jobId, leaseToken });
  if (job.cancelRequested) return void (await settle(null));
  if (attempt > MOST_RUNS) return void (await settle(killedTooOften(MOST_RUNS)));
  const run = await job.loadRun();
  let probing = job.status === "paused";
  if (!probing) await markRunning(db, settling);
  if (run.keyLost) return void (await settle(keyLost));
  const ledger = openStatementPipeline(context.pool);
  try {
    for (;;) {
      const reason = await runOnce({ run, context, deps, settling, ledger, probing });
      signal.throwIfAborted();
      if ((await settle(reason)) === "settled") return;
      probing = false;
    }
  } finally {
    await ledger.close();
  }
}

const isRunnable = ({ status, pausedReason, cancelRequested }: LoadedJob): boolean =>
  cancelRequested ||
  status === "queued" ||
  status === "running" ||
  (status === "paused" && pausedReason === "provider_outage");

type OnceOptions = {
  run: JobRun;
  context: TaskContext;
  deps: RunJobDeps;
  settling: SettleOptions;
  ledger: PreparedStatements;
  probing: boolean;
};

/** One pass over what is due; gives the reason for which it stopped by itself, if it did. */
async function runOnce({
  run,
  context,
  deps,
  settling,
  ledger,
  probing,
}: OnceOptions): Promise<StopReason | null> {
  const { db, log, signal, leaseToken } = context;
  const { pace = defaultPace, listener = getEventListener() } = deps;
  const { projectId, jobId } = run;
  const halt = new AbortController();
  const breakOff = new AbortController();
  setMaxListeners(0, halt.signal, breakOff.signal);
  let reason: StopReason | null = null;
  let breakOffTimer: NodeJS.Timeout | undefined;
  const stopped = () => {
    halt.abort();
    breakOffTimer = setTimeout(() => breakOff.abort(), BREAK_OFF_AFTER);
  };
  const provider = providerName(run.baseUrl, run.apiKey);
  const gate = providerGate(provider);
  const progress = createThrottle(() => tell(announceProgress(db, jobId)), PROGRESS_EVERY);
  const reading = createReading(context, run, progress.request);
  const source = openItemSource({
    db,
    run,
    stop: halt.signal,
    onShared: (answers) => reading.add(answers.map(asCommitted)),
  });

  function tell(announcement: Promise<void>): void {
    announcement.catch((error: unknown) => log.warn({ err: error }, "an event could not be published"));
  }

  const endControls = await watchControls({
    db,
    listener,
    log,
    projectId,
    jobId,
    provider,
    onHalt: () => halt.abort(),
    onChange: source.refresh,
    onPause: gate.pauseUntil,
  });
  if (signal.aborted) stopped();
  signal.addEventListener("abort", stopped, { once: true });
  const lanes: LanesOptions = {
    db,
    ledger,
    run,
    llm: deps.llm,
    leaseToken,
    source,
    gate,
    pace,
    outage: createOutageWatch(pace),
    probing: false,
    halt: halt.signal,
    breakOff: breakOff.signal,
    onAnswer: (answer) => {
      reading.add([answer]);
      return reading.shrinkTo(MOST_UNREAD);
    },
    onRetryAfter: (untilMs) => {
      gate.pauseUntil(untilMs);
      tell(announceProviderPause(db, provider, untilMs));
    },
    onProgress: progress.request,
    onStop: (why) => {
      reason ??= why;
      halt.abort();
    },
  };
  try {
    await readLeftOvers(db, run);
    if (probing) {
      const firstFailure = createOutageWatch({ outageCalls: 1, outageMs: 0 });
      await createLanes({ ...lanes, probing, outage: firstFailure }).step();
      if (!halt.signal.aborted) await markRunning(db, settling);
    }
    await createLanes(lanes).run();
    await reading.finish();
    return reason;
  } finally {
    halt.abort();
    clearTimeout(breakOffTimer);
    signal.removeEventListener("abort", stopped);
    endControls();
    progress.stop();
  }
}

/** Reads committed answers beside the calls, in groups. */
function createReading({ db }: TaskContext, run: JobRun, onRead: () => void) {
  const backlog = createBacklog();
  const writer = createGroupWriter(
    async (answers: AnswerToRead[]) => {
      await writeLabels(db, run, answers);
      onRead();
      return answers.map(() => true);
    },
    { largest: READ_GROUP, lingerMs: READ_LINGER },
  );
  return {
    add(answers: AnswerToRead[]): void {
      for (const answer of answers) backlog.add(writer.add(answer));
    },
    shrinkTo: backlog.shrinkTo,
    finish(): Promise<void> {
      writer.flush();
      return backlog.shrinkTo(0);
    },
  };
}
