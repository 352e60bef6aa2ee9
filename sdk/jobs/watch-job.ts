import type { Job } from "../../contracts/jobs";
import { type Client, path } from "../http/client";
import type { CallOptions } from "../http/http";
import { pause } from "../http/pause";
import { readEvents } from "../http/read-events";
import { TandemError } from "../tandem-error";

export type WatchOptions = CallOptions & {
  /** Milliseconds between two looks where events don't come through. By default a second. */
  pollMs?: number;
};

/** Connections in a row that told nothing new, after which events are given up. */
const VAIN_CONNECTIONS = 3;
const POLL_MS = 1_000;
/** The server says every 15 s that it is still there; whoever hears nothing for longer is cut off. */
const SILENCE_MS = 45_000;

/** Whether nothing will change any more. */
const hasEnded = ({ status }: Job): boolean =>
  status === "succeeded" || status === "failed" || status === "cancelled";

/**
 * A job as it is now and after each change, until it has ended. Events are taken where they come through, anew when
 * their connection breaks; elsewhere the job is looked at from time to time.
 * @throws TandemError as of the job itself: 401, 403, 404
 */
export async function* watchJob(
  client: Client,
  id: string,
  { pollMs = POLL_MS, ...options }: WatchOptions = {},
): AsyncGenerator<Job, void> {
  let told = "";
  for (let vain = 0; vain < VAIN_CONNECTIONS; vain++) {
    if (vain > 0) await pause(Math.min(pollMs, 200 * vain), options.signal);
    for await (const text of jobTexts(client, id, options)) {
      // A new connection begins with what the last one may have told.
      if (text === told) continue;
      vain = 0;
      told = text;
      const job = parse(text);
      yield job;
      if (hasEnded(job)) return;
    }
  }
  for (;;) {
    const job = await client.get<Job>(path`/jobs/${id}`, {}, options);
    const text = JSON.stringify(job);
    if (text !== told) yield job;
    told = text;
    if (hasEnded(job)) return;
    await pause(pollMs, options.signal);
  }
}

const parse = (text: string): Job => JSON.parse(text);

/** What one connection tells, until it breaks; nothing at all where it can't be made. */
async function* jobTexts(client: Client, id: string, options: CallOptions): AsyncGenerator<string, void> {
  const silence = new AbortController();
  const signals = [silence.signal, ...(options.signal ? [options.signal] : [])];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    const answer = await client.http.open({
      ...options,
      method: "GET",
      path: client.at(path`/jobs/${id}/events`),
      accept: "text/event-stream",
      signal: AbortSignal.any(signals),
      retries: 0,
    });
    if (!answer.body || !/^text\/event-stream\b/i.test(answer.headers.get("content-type") ?? "")) {
      await answer.body?.cancel();
      return;
    }
    heard();
    const bytes = answer.body.pipeThrough(new TransformStream({ transform: passOn(heard) }));
    for await (const { data } of readEvents(bytes)) yield data;
  } catch (error) {
    options.signal?.throwIfAborted();
    // What broke is tried again; what the server refuses, the look at the job itself tells.
    if (!(error instanceof TandemError) && !isBroken(error)) throw error;
  } finally {
    clearTimeout(timer);
  }
}

const passOn =
  (heard: () => void) => (chunk: Uint8Array, controller: TransformStreamDefaultController<Uint8Array>) => {
    heard();
    controller.enqueue(chunk);
  };

/** A body that breaks off is a TypeError of `fetch`; one that was silent for too long was aborted here. */
const isBroken = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof DOMException && error.name === "AbortError");
