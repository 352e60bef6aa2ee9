import { createRedisClient, type RedisClient, redisChannel } from "./redis-client";
import { createTopics, type EventListener } from "./topics";

/** How often the rows are read again while Redis is away. */
const AWAY_MS = 1000;
/** The same while it is there: a process may die between its commit and the word of it. */
const SAFETY_MS = 15_000;

type RedisListenerOptions = { safetyMs?: number };

/**
 * Hears events by Redis. While Redis is away nobody waits for it: every subscriber is told again and again that events
 * may be missing, and reads the rows, which are the truth.
 */
export function openRedisListener(
  url: string,
  { safetyMs = SAFETY_MS }: RedisListenerOptions = {},
): EventListener {
  const topics = createTopics();
  let opened: Promise<RedisClient> | undefined;
  let away: NodeJS.Timeout | undefined;
  let closed = false;
  const safety = setInterval(topics.announceGap, safetyMs);
  safety.unref();

  function noteAway(): void {
    if (!closed) away ??= setInterval(topics.announceGap, AWAY_MS).unref();
  }
  function noteThere(): void {
    clearInterval(away);
    away = undefined;
    topics.announceGap();
  }

  /** Resolves when Redis has subscribed us, or when it is clear that it does not answer for now. */
  async function open(): Promise<RedisClient> {
    const client = await createRedisClient(url);
    let subscribed = false;
    const subscribe = async () => {
      // Once it has, the client itself subscribes anew at each connection, before it is ready.
      if (!subscribed) await client.subscribe(redisChannel(), topics.dispatch);
      subscribed = true;
      noteThere();
    };
    await new Promise<void>((resolve) => {
      client.on("ready", () => void subscribe().catch(noteAway).finally(resolve));
      client.on("error", () => {
        noteAway();
        resolve();
      });
      client.connect().catch(noteAway);
    });
    return client;
  }

  return {
    async subscribe(topic, subscription) {
      const end = topics.add(topic, subscription);
      opened ??= open();
      await opened;
      return end;
    },
    async close() {
      closed = true;
      clearInterval(safety);
      clearInterval(away);
      topics.clear();
      const client = await opened?.catch(() => undefined);
      if (client?.isOpen) client.destroy();
    },
  };
}
