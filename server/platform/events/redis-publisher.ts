import { env } from "../env";
import { log } from "../log";
import { forgetProcessWide, processWide } from "../process-wide";
import { createRedisClient, type RedisClient, redisChannel } from "./redis-client";
import { encodeEvent } from "./topics";

/** Sends events of this process by Redis, in the order in which they are given. */
type RedisPublisher = {
  /** Never waits and never fails: what is lost is made good by telling all, when Redis is back, to read again. */
  send(message: string): void;
  close(): Promise<void>;
};

/** The publisher of this process, or null where events go by PostgreSQL. */
export function getRedisPublisher(): RedisPublisher | null {
  const { redisUrl } = env();
  return redisUrl === undefined ? null : processWide("redis publisher", () => openRedisPublisher(redisUrl));
}

/** Ends what {@link getRedisPublisher} has opened, when everything is sent. */
export async function closeRedisPublisher(): Promise<void> {
  await forgetProcessWide<RedisPublisher>("redis publisher")?.close();
}

function openRedisPublisher(url: string): RedisPublisher {
  const opening = open();
  let ready: RedisClient | undefined;
  let missed = false;
  opening.catch((error) => log().error({ err: error }, "events can't be told by Redis"));

  async function open(): Promise<RedisClient> {
    const client = await createRedisClient(url);
    client.on("ready", () => {
      ready = client;
      if (!missed) return;
      missed = false;
      send(encodeEvent(null, null));
    });
    client.connect().catch(() => undefined);
    return client;
  }

  function miss(): void {
    missed = true;
  }

  function send(message: string): void {
    if (ready?.isReady) ready.publish(redisChannel(), message).catch(miss);
    else miss();
  }

  return {
    send,
    async close() {
      const client = await opening.catch(() => undefined);
      if (client?.isReady) await client.close();
      else if (client?.isOpen) client.destroy();
    },
  };
}
