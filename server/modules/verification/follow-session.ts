import { setTimeout as delay } from "node:timers/promises";
import type { SessionNews } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { type EventListener, getEventListener, watchTopic } from "@/server/platform/events";
import { readSessionNews } from "./read-session-news";
import { sessionTopic } from "./session-topic";

/** Between two messages, however busy the session is. */
const PAUSE_MS = 250;
/** A commit's rows carry the time of its statement and show a little later, so each look reaches back. */
const OVERLAP_MS = 5000;

type FollowInput = { id: string; signal: AbortSignal; listener?: EventListener };

/**
 * A session's figures, first at once and then whenever something in it changed, with the verdicts that changed;
 * one may come twice. Ends with `signal`.
 * @throws AppError `not_found`, also when the session is no longer open to the actor
 */
export async function* followSession(
  db: Db,
  actor: ProjectActor,
  { id, signal, listener = getEventListener() }: FollowInput,
): AsyncGenerator<SessionNews> {
  let since: Date | null = null;
  for await (const _ of watchTopic(sessionTopic(id), signal, listener)) {
    // At the first look the page has just read everything.
    const { asOf, ...news } = await readSessionNews(db, actor, { id, since: since ?? new Date() });
    since = new Date(asOf.getTime() - OVERLAP_MS);
    yield news;
    await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}
