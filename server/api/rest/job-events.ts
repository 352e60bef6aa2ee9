import type { Job } from "@/contracts/jobs";
import { jobRef } from "@/contracts/jobs";
import { proveMembership, requireScope } from "@/server/modules/access";
import { getJob, hasEnded, watchJob } from "@/server/modules/jobs";
import { getDb } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { whileAllowed } from "../while-allowed";
import { byteStream } from "./byte-stream";
import { admitCaller } from "./handle-request";
import { problemResponse } from "./problem-response";

/** Keeps proxies from closing a stream in which nothing happens. */
const BEAT_MS = 15_000;
const STALL_MS = 120_000;

/**
 * `GET …/jobs/{id}/events`: the job as it is now and after each change, as server-sent events named `progress`; the
 * last, when the job has ended, is named `end`.
 */
export async function handleJobEvents(
  request: Request,
  params: { project: string; id: string },
): Promise<Response> {
  try {
    const db = getDb();
    const actor = await admitCaller(db, request);
    if (!actor) throw new AppError("unauthenticated", "Send an access token.");
    const member = await proveMembership(db, actor, params.project);
    requireScope(member, "jobs:read");
    const ref = jobRef.parse(params);
    await getJob(db, member, ref);
    const abort = new AbortController();
    request.signal.addEventListener("abort", () => abort.abort(), { once: true });
    const events = withBeats(
      jobEvents(
        whileAllowed({ db, actor, member, scope: "jobs:read" }, watchJob(db, member, ref, abort.signal)),
      ),
    );
    return new Response(byteStream(events, { abort, onEnd: () => undefined, stallMs: STALL_MS }), {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    });
  } catch (error) {
    return problemResponse(error);
  }
}

async function* jobEvents(jobs: AsyncIterable<Job>): AsyncGenerator<string> {
  for await (const job of jobs) {
    const ended = hasEnded(job);
    yield `event: ${ended ? "end" : "progress"}\ndata: ${JSON.stringify(job)}\n\n`;
    if (ended) return;
  }
}

/** The same events, and a comment whenever none has come for a while. */
async function* withBeats(events: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    let next = events.next();
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const beat = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), BEAT_MS);
      });
      const first = await Promise.race([next, beat]).finally(() => clearTimeout(timer));
      if (first === null) yield ": still here\n\n";
      else if (first.done) return;
      else {
        yield first.value;
        next = events.next();
      }
    }
  } finally {
    await events.return(undefined);
  }
}
