import { env } from "../env";
import { databaseUrl } from "../pool";
import { forgetProcessWide, processWide } from "../process-wide";
import { openPostgresListener } from "./postgres-listener";
import { openRedisListener } from "./redis-listener";
import { closeRedisPublisher } from "./redis-publisher";
import type { EventListener } from "./topics";

/** The listener of this process, connected at the first subscription. */
export function getEventListener(): EventListener {
  return processWide("events", () => openEventListener(env().redisUrl ?? databaseUrl()));
}

/** A listener of its own at PostgreSQL or Redis, as the address says; it reconnects until it is closed. */
export function openEventListener(url: string): EventListener {
  return /^rediss?:/.test(url) ? openRedisListener(url) : openPostgresListener(url);
}

/** Ends what this process hears and tells. */
export async function closeEvents(): Promise<void> {
  await forgetProcessWide<EventListener>("events")?.close();
  await closeRedisPublisher();
}
