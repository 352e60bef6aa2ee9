import { setTimeout as delay } from "node:timers/promises";
import type { DiscussionNews } from "@/contracts/discussions";
import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { type EventListener, getEventListener, watchTopic } from "@/server/platform/events";
import { queryRows, sql } from "@/server/platform/sql";
import { discussionTopic } from "./discussion-topic";
import { countUnread } from "./inbox/list-inbox";
import { shownTo } from "./shown-to";

/** Between two messages, however much is said. */
const PAUSE_MS = 250;
/** A row carries the time of its transaction's beginning and shows a little later, so each look reaches back. */
const OVERLAP_MS = 5000;
/** Named in one message. */
const MAX_RECORDS = 200;

type FollowInput = { signal: AbortSignal; listener?: EventListener };

/**
 * How many entries of the actor's inbox are unread and about which records something was said, first at once and
 * then whenever something in the project's discussions changed; a record may be named twice. The first message names
 * none, since what was said before is not known. Ends with `signal`.
 */
export async function* followDiscussions(
  db: Db,
  actor: ProjectActor,
  { signal, listener = getEventListener() }: FollowInput,
): AsyncGenerator<DiscussionNews> {
  let since: Date | null = null;
  for await (const _ of watchTopic(discussionTopic(actor.projectId), signal, listener)) {
    const asOf = await readClock(db);
    const { unread } = await countUnread(db, actor);
    yield { unread, recordIds: since && (await readChanged(db, actor, since)) };
    since = new Date(asOf.getTime() - OVERLAP_MS);
    await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** The database's time, by which rows are dated. */
async function readClock(db: Db): Promise<Date> {
  const [row] = await queryRows<{ now: Date }>(db, sql`select clock_timestamp() as "now"`);
  return row?.now ?? new Date();
}

async function readChanged(db: Db, actor: ProjectActor, since: Date): Promise<string[] | null> {
  const { projectId } = actor;
  const changed = await queryRows<{ id: string }>(
    db,
    sql`select c."recordId" as "id" from "Comment" c where c."projectId" = ${projectId}::uuid
        and c."changedAt" > ${since.toISOString()}::timestamptz and ${await shownTo(db, actor, "c")}
      union select f."recordId" from "RecordFlag" f where f."projectId" = ${projectId}::uuid
        and f."changedAt" > ${since.toISOString()}::timestamptz and ${await shownTo(db, actor, "f")}
      limit ${MAX_RECORDS + 1}::bigint`,
  );
  if (changed.length > MAX_RECORDS) return null;
  if (changed.length === 0) return [];
  const filter = await recordFilter(db, actor, { ids: changed.map(({ id }) => id) });
  const reached = await queryRows<{ id: string }>(db, sql`select r."id" from "Record" r where ${filter}`);
  return reached.map(({ id }) => id);
}
