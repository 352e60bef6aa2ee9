import { setTimeout as delay } from "node:timers/promises";
import type { BulkRun } from "@/contracts/bulk";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { type EventListener, getEventListener, watchTopic } from "@/server/platform/events";
import { sql } from "@/server/platform/sql";
import { readRuns } from "./bulk-repository";
import { bulkTopic } from "./bulk-topic";

const SHOWN = 10;
const SHORTEST_PAUSE = 300;

/**
 * The runs that are under way, or ended within the last hour, newest first: now and after each change, until
 * `signal` is aborted. A slow reader gets fewer steps, never old ones.
 */
export async function* watchBulkRuns(
  db: Db,
  actor: ProjectActor,
  signal: AbortSignal,
  listener: EventListener = getEventListener(),
): AsyncGenerator<BulkRun[]> {
  for await (const _change of watchTopic(bulkTopic(actor.projectId), signal, listener)) {
    yield await readRuns(db, actor, { which: RECENT, limit: SHOWN });
    await delay(SHORTEST_PAUSE, undefined, { signal }).catch(() => undefined);
  }
}

const RECENT = sql`(b."status" in ('queued', 'running', 'undoing')
  or greatest(b."finishedAt", b."undoFinishedAt") > now() - interval '1 hour')`;
