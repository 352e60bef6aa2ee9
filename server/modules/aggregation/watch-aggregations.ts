import { setTimeout as delay } from "node:timers/promises";
import type { AggregationSnapshot } from "@/contracts/aggregation";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { type EventListener, getEventListener, watchTopic } from "@/server/platform/events";
import { readSnapshots } from "./aggregation-repository";
import { aggregationTopic } from "./aggregation-topic";

const SHOWN = 20;
const SHORTEST_PAUSE = 300;

/**
 * The snapshots that are being made, or were begun within the last hour, newest first: now and after each change, until
 * `signal` is aborted. A slow reader gets fewer steps, never old ones.
 */
export async function* watchAggregations(
  db: Db,
  actor: ProjectActor,
  signal: AbortSignal,
  listener: EventListener = getEventListener(),
): AsyncGenerator<AggregationSnapshot[]> {
  requireScope(actor, "aggregation:read");
  for await (const _change of watchTopic(aggregationTopic(actor.projectId), signal, listener)) {
    yield await readSnapshots(db, actor.projectId, { recent: true, limit: SHOWN });
    await delay(SHORTEST_PAUSE, undefined, { signal }).catch(() => undefined);
  }
}
