import type { Job } from "@/contracts/jobs";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { type EventListener, getEventListener, watchTopic } from "@/server/platform/events";
import { isProgress, jobTopic } from "./job-events";
import { readJob } from "./job-repository";
import { createWakeUp } from "./run/wake-up";

const SHORTEST_PAUSE = 250;
/** Counting a large job takes a while: it gets at most this share of the time. */
const COUNTING_SHARE = 0.1;

/**
 * The job as it is now and after each change, until `signal` is aborted. Slow readers and large jobs get fewer
 * steps of its progress, never old ones; that it has ended, paused or goes on is told at once.
 * @throws AppError `not_found`
 */
export async function* watchJob(
  db: Db,
  { projectId }: ProjectActor,
  { id }: { id: string },
  signal: AbortSignal,
  listener: EventListener = getEventListener(),
): AsyncGenerator<Job> {
  const pause = createWakeUp(signal);
  let urgent = false;
  const hurry = () => {
    urgent = true;
    pause.wake();
  };
  const onEvent = (payload: unknown) => {
    if (!isProgress(payload)) hurry();
  };
  const end = await listener.subscribe(jobTopic(id), { onEvent, onGap: hurry });
  try {
    for await (const _change of watchTopic(jobTopic(id), signal, listener)) {
      urgent = false;
      const started = performance.now();
      yield await readJob(db, projectId, id);
      if (!urgent) await pause.wait(Math.max(SHORTEST_PAUSE, (performance.now() - started) / COUNTING_SHARE));
    }
  } finally {
    end();
  }
}
