import { setTimeout as delay } from "node:timers/promises";
import type { ReconciliationNews } from "@/contracts/reconciliations";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { type EventListener, getEventListener } from "@/server/platform/events";
import { announceArrival, reconciliationEvent, reconciliationTopic } from "./reconciliation-topic";

/** Between two messages, however busy it is. */
const PAUSE_MS = 100;
/** What waits for a reader who is slow; more than that is a gap, after which everything is read again. */
const MAX_WAITING = 1000;

type WatchInput = { label: string; signal: AbortSignal; listener?: EventListener };

/**
 * What is decided on a label from now on, and where others look: first an empty message, which says that events arrive
 * from then on, then one for all that came since the last. The others are told of the arrival, and say where they look.
 * Ends with `signal`.
 */
export async function* watchReconciliations(
  db: Db,
  actor: ProjectActor,
  { label, signal, listener = getEventListener() }: WatchInput,
): AsyncGenerator<ReconciliationNews> {
  requireScope(actor, "reconciliation:read");
  let news = nothing();
  let wake: () => void = () => undefined;
  const end = await listener.subscribe(reconciliationTopic(actor.projectId), {
    onEvent: (payload) => {
      const event = reconciliationEvent.parse(payload);
      if (event.label !== label) return;
      news.recordIds.push(...(event.recordIds ?? []));
      if (event.look && event.look.person.id !== actor.userId) news.looks.push(event.look);
      news.arrived ||= event.arrived !== undefined && event.arrived !== actor.userId;
      if (news.recordIds.length + news.looks.length > MAX_WAITING) news = { ...nothing(), gap: true };
      wake();
    },
    onGap: () => {
      news.gap = true;
      wake();
    },
  });
  const stop = () => wake();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await announceArrival(db, actor.projectId, { label, arrived: actor.userId });
    yield nothing();
    while (!signal.aborted) {
      if (news.recordIds.length + news.looks.length > 0 || news.arrived || news.gap) {
        const told = news;
        news = nothing();
        yield { ...told, recordIds: [...new Set(told.recordIds)] };
        await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal.removeEventListener("abort", stop);
    end();
  }
}

const nothing = (): ReconciliationNews => ({ recordIds: [], looks: [], arrived: false, gap: false });
