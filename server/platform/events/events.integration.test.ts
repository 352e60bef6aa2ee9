import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { waitFor } from "@/server/testing/wait-for";
import { inTransaction } from "../db";
import { type EventListener, openEventListener, publish, watchTopic } from ".";

let test: TestDatabase;
const listeners: EventListener[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});
afterAll(() => test.drop());

function listen(): EventListener {
  const listener = openEventListener(test.url);
  listeners.push(listener);
  return listener;
}

function collect() {
  const events: unknown[] = [];
  const gaps: true[] = [];
  return {
    events,
    gaps,
    onEvent: (payload: unknown) => void events.push(payload),
    onGap: () => void gaps.push(true),
  };
}

describe("publish and subscribe", () => {
  it("brings an event to every listener of its topic after the commit, in order, and to no other topic", async () => {
    const [one, two, other] = [collect(), collect(), collect()];
    await listen().subscribe("job.1", one);
    const listener = listen();
    await listener.subscribe("job.1", two);
    await listener.subscribe("job.2", other);
    await inTransaction(test.db, async (tx) => {
      await publish(tx, "job.1", { n: 1 });
      await publish(tx, "job.1", { n: 2, text: "'\\\"ü" });
    });
    await publish(test.db, "job.2");
    await waitFor(
      "the events",
      () => one.events.length === 2 && two.events.length === 2 && other.events.length,
    );
    expect(one.events).toEqual([{ n: 1 }, { n: 2, text: "'\\\"ü" }]);
    expect(two.events).toEqual(one.events);
    expect(other.events).toEqual([null]);
  });

  it("is silent about a transaction that is rolled back", async () => {
    const heard = collect();
    await listen().subscribe("quiet", heard);
    const failing = inTransaction(test.db, async (tx) => {
      await publish(tx, "quiet", "lost");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await publish(test.db, "quiet", "kept");
    await waitFor("the event", () => heard.events.length > 0);
    expect(heard.events).toEqual(["kept"]);
  });

  it("says no more after the subscription was ended", async () => {
    const [ended, kept] = [collect(), collect()];
    const listener = listen();
    const end = await listener.subscribe("topic", ended);
    await listener.subscribe("topic", kept);
    end();
    await publish(test.db, "topic", 1);
    await waitFor("the event", () => kept.events.length > 0);
    expect(ended.events).toEqual([]);
  });

  it("connects again after its connection was cut, and says that events may be missing", async () => {
    const heard = collect();
    await listen().subscribe("topic", heard);
    await test.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tandem events' and datname = current_database()",
    );
    await waitFor("the new connection", () => heard.gaps.length > 0);
    await publish(test.db, "topic", "after");
    await waitFor("the event", () => heard.events.length > 0);
    expect(heard.events).toEqual(["after"]);
  });

  it("refuses a payload that is too large for a notification", async () => {
    await expect(publish(test.db, "topic", "x".repeat(8000))).rejects.toThrow("is over");
  });
});

describe("watchTopic", () => {
  it("yields at once, then for changes, many of which are one, and ends with its signal", async () => {
    const stop = new AbortController();
    const changes = watchTopic("watched", stop.signal, listen());
    expect((await changes.next()).done).toBe(false);
    await publish(test.db, "watched");
    await publish(test.db, "watched");
    expect((await changes.next()).done).toBe(false);
    const waiting = changes.next();
    stop.abort();
    // Both events may have come before the second `next`, or the last one after it.
    expect((await waiting).done || (await changes.next()).done).toBe(true);
  });
});
