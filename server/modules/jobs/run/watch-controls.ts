import { z } from "zod";
import type { Db } from "@/server/platform/db";
import { type EventListener, publish } from "@/server/platform/events";
import type { Log } from "@/server/platform/log";
import { isProgress, jobTopic } from "../job-events";

const PAUSE_TOPIC = "provider-pause";
const providerPause = z.object({ provider: z.string(), untilMs: z.number() });

export type ControlsOptions = {
  db: Db;
  listener: EventListener;
  log: Log;
  projectId: string;
  jobId: string;
  provider: string;
  /** The job is paused or cancelled: no further call. */
  onHalt(): void;
  /** The job's rows may have changed otherwise. */
  onChange(): void;
  /** A worker was asked by the same provider to wait. */
  onPause(untilMs: number): void;
};

/**
 * Listens to what people ask of a running job and to providers that ask for a pause. Only makes a run stop
 * sooner: before each call the rows are asked under their lock.
 * @returns the function that ends it
 */
export async function watchControls(options: ControlsOptions): Promise<() => void> {
  const { db, listener, log, projectId, jobId } = options;
  const look = () => {
    readHalted(db, projectId, jobId).then(
      (halted) => (halted ? options.onHalt() : options.onChange()),
      (error: unknown) => log.warn({ err: error }, "the state of the job could not be read"),
    );
  };
  const ends = await Promise.all([
    listener.subscribe(jobTopic(jobId), {
      onEvent: (payload) => {
        if (!isProgress(payload)) look();
      },
      onGap: look,
    }),
    listener.subscribe(PAUSE_TOPIC, {
      onEvent: (payload) => {
        const pause = providerPause.safeParse(payload);
        if (pause.success && pause.data.provider === options.provider) options.onPause(pause.data.untilMs);
      },
      onGap: () => undefined,
    }),
  ]);
  return () => {
    for (const end of ends) end();
  };
}

/** Tells every worker that a provider wants no call before a time. */
export const announceProviderPause = (db: Db, provider: string, untilMs: number): Promise<void> =>
  publish(db, PAUSE_TOPIC, { provider, untilMs });

async function readHalted(db: Db, projectId: string, jobId: string): Promise<boolean> {
  const job = await db.job.findUnique({
    where: { projectId_id: { projectId, id: jobId } },
    select: { status: true, pausedReason: true, cancelRequested: true },
  });
  if (!job || job.cancelRequested) return true;
  return job.status !== "running" && !(job.status === "paused" && job.pausedReason === "provider_outage");
}
