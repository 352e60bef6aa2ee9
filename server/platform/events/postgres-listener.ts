import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { log } from "../log";
import { createTopics, type EventListener } from "./topics";

/** The channel of NOTIFY. */
export const CHANNEL = "tandem";

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;
const PROBE_INTERVAL = 15_000;

/** One LISTEN connection, which reconnects until it is closed. */
export function openPostgresListener(url: string): EventListener {
  const topics = createTopics();
  const closing = new AbortController();
  let connected: Promise<pg.Client> | undefined;

  async function connect(): Promise<pg.Client> {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      closing.signal.throwIfAborted();
      const client = new pg.Client({
        connectionString: url,
        application_name: "tandem events",
        keepAlive: true,
        connectionTimeoutMillis: 5000,
        query_timeout: 10_000,
      });
      client.on("error", (error) => log().warn({ err: error }, "the event connection failed"));
      try {
        await client.connect();
        client.on("notification", ({ payload = "" }) => topics.dispatch(payload));
        await client.query(`listen ${CHANNEL}`);
        hold(client);
        return client;
      } catch (error) {
        log().warn({ err: error }, "events cannot be listened to; trying again");
        await client.end().catch(() => undefined);
        await delay(pause, undefined, { signal: closing.signal, ref: false });
      }
    }
  }

  /** Reconnects when the connection ends, and asks now and then, since a broken network may not tell. */
  function hold(client: pg.Client): void {
    const probe = setInterval(() => {
      client.query("select 1").catch(() => client.end());
    }, PROBE_INTERVAL);
    probe.unref();
    client.once("end", () => {
      clearInterval(probe);
      if (closing.signal.aborted) return;
      connected = connect();
      connected.then(topics.announceGap, () => undefined);
    });
  }

  return {
    async subscribe(topic, subscription) {
      const end = topics.add(topic, subscription);
      connected ??= connect();
      await connected;
      return end;
    },
    async close() {
      closing.abort();
      topics.clear();
      const client = await connected?.catch(() => undefined);
      await client?.end();
    },
  };
}
