import { createHash } from "node:crypto";
import { authSecret } from "../env";
import { log } from "../log";

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2000;
const CONNECT_TIMEOUT = 5000;
const PING_INTERVAL = 5000;

/**
 * The channel of this instance: others may use the same Redis. All processes of an instance share the secret from which
 * its name is made.
 */
export const redisChannel = (): string =>
  `tandem:${createHash("sha256").update(`events ${authSecret()}`).digest("hex").slice(0, 24)}`;

/**
 * A client that is not connected yet, and then connects again for as long as it is open. What is asked of it while it is
 * away fails at once. The package is loaded by those alone who have a Redis.
 */
export async function createRedisClient(url: string) {
  const { createClient } = await import("@redis/client");
  const client = createClient({
    url,
    name: "tandem-events",
    disableOfflineQueue: true,
    pingInterval: PING_INTERVAL,
    socket: {
      connectTimeout: CONNECT_TIMEOUT,
      reconnectStrategy: (retries) => Math.min(FIRST_PAUSE * 2 ** Math.min(retries, 10), LONGEST_PAUSE),
    },
  });
  let told = false;
  client.on("error", (error) => {
    if (!told) log().warn({ err: error }, "Redis does not answer; rows are read again until it does");
    told = true;
  });
  client.on("ready", () => {
    if (told) log().info("Redis answers again");
    told = false;
  });
  return client;
}

export type RedisClient = Awaited<ReturnType<typeof createRedisClient>>;
