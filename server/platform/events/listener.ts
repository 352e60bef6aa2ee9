import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { log } from "../log";
import { databaseUrl } from "../pool";
import { processWide } from "../process-wide";
import { CHANNEL } from "./publish";

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;
const PROBE_INTERVAL = 15_000;

type Subscription = {
  onEvent(payload: unknown): void;
  /** Called when the listener was away for a while: events may have been lost, so read the rows again. */
  onGap(): void;
};

/** One LISTEN connection that hands events to whoever subscribed to their topic. */
export type EventListener = {
  /** Resolves when events arrive from now on. */
  subscribe(topic: string, subscription: Subscription): Promise<() => void>;
  close(): Promise<void>;
};

/** The listener of this process, connected at the first subscription. */
export function getEventListener(): EventListener {
  return processWide("events", () => openEventListener(databaseUrl()));
}

/** A listener of its own, which reconnects until it is closed. */
export function openEventListener(url: string): EventListener {
  const topics = new Map<string, Set<Subscription>>();
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
        client.on("notification", ({ payload = "" }) => dispatch(payload));
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
      connected.then(announceGap, () => undefined);
    });
  }

  function dispatch(message: string): void {
    const { topic, payload } = JSON.parse(message) as { topic: string; payload: unknown };
    for (const subscription of [...(topics.get(topic) ?? [])]) subscription.onEvent(payload);
  }

  function announceGap(): void {
    for (const subscriptions of topics.values()) {
      for (const subscription of [...subscriptions]) subscription.onGap();
    }
  }

  return {
    async subscribe(topic, subscription) {
      const subscriptions = topics.get(topic) ?? new Set();
      topics.set(topic, subscriptions.add(subscription));
      connected ??= connect();
      await connected;
      return () => {
        subscriptions.delete(subscription);
        if (subscriptions.size === 0 && topics.get(topic) === subscriptions) topics.delete(topic);
      };
    },
    async close() {
      closing.abort();
      topics.clear();
      const client = await connected?.catch(() => undefined);
      await client?.end();
    },
  };
}
