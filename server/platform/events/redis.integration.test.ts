import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { startRedis, type TestRedis, withoutRedis } from "@/server/testing/redis";
import { waitFor } from "@/server/testing/wait-for";
import { inTransaction } from "../db";
import { completeEnv } from "../env";
import { closeEvents, type EventListener, openEventListener, publish } from ".";

const HELLO = "hello";

describe.skipIf(withoutRedis)(`events by Redis (${withoutRedis ?? "installed"})`, () => {
  let test: TestDatabase;
  let redis: TestRedis;
  const listeners: EventListener[] = [];

  beforeAll(async () => {
    test = await createTestDatabase();
    redis = await startRedis();
    completeEnv({ redisUrl: redis.url, authSecret: "a secret that the processes of a test share" });
  });
  afterEach(async () => {
    await Promise.all(listeners.splice(0).map((listener) => listener.close()));
  });
  afterAll(async () => {
    await closeEvents();
    completeEnv({ redisUrl: undefined });
    await redis.stop();
    await test.drop();
  });

  async function listen(topic: string) {
    const heard = { events: [] as unknown[], gaps: 0, isConnected: false };
    const listener = openEventListener(redis.url);
    listeners.push(listener);
    await listener.subscribe(topic, {
      onEvent(payload) {
        if (payload === HELLO) heard.isConnected = true;
        else heard.events.push(payload);
      },
      onGap: () => {
        heard.gaps += 1;
      },
    });
    return heard;
  }

  /** Publishes until it is heard: the first connection may take its time. */
  async function connected(topic: string, ...all: { isConnected: boolean }[]): Promise<void> {
    await waitFor("Redis", async () => {
      await publish(test.db, topic, HELLO);
      return all.every(({ isConnected }) => isConnected);
    });
  }

  it("come to every listener of their topic, after the commit and in order, and not by PostgreSQL", async () => {
    const [one, two, other] = [await listen("a"), await listen("a"), await listen("b")];
    await connected("a", one, two);
    const byPostgres = { events: [] as unknown[] };
    const listener = openEventListener(test.url);
    listeners.push(listener);
    await listener.subscribe("a", { onEvent: (e) => void byPostgres.events.push(e), onGap: () => undefined });
    await inTransaction(test.db, async (tx) => {
      await publish(tx, "a", { n: 1 });
      await publish(tx, "a", { n: 2, text: "'\\\"ü" });
      expect(one.events).toEqual([]);
    });
    await publish(test.db, "b");
    await waitFor("the events", () => two.events.length === 2 && other.events.length > 0);
    expect(one.events).toEqual([{ n: 1 }, { n: 2, text: "'\\\"ü" }]);
    expect(two.events).toEqual(one.events);
    expect(other.events).toEqual([null]);
    expect(byPostgres.events).toEqual([]);
  });

  it("of a transaction that is rolled back are not told", async () => {
    const heard = await listen("quiet");
    await connected("quiet", heard);
    const failing = inTransaction(test.db, async (tx) => {
      await publish(tx, "quiet", "lost");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await publish(test.db, "quiet", "kept");
    await waitFor("the event", () => heard.events.length > 0);
    expect(heard.events).toEqual(["kept"]);
  });

  it("are made good by reading again while Redis is away, also for who comes meanwhile", async () => {
    const heard = await listen("topic");
    await connected("topic", heard);
    await redis.kill();
    const late = await listen("topic");
    const before = heard.gaps;
    await publish(test.db, "topic", "lost");
    await waitFor("gaps", () => heard.gaps > before + 1 && late.gaps > 1);
    await redis.start();
    await waitFor("both to be there again", async () => {
      await publish(test.db, "topic", "after");
      return heard.events.includes("after") && late.events.includes("after");
    });
  });
});
