import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createShutdown, listenForSignals } from "./shutdown";

describe("a shutdown", () => {
  it("ends what began last first, each when the one before is done", async () => {
    const shutdown = createShutdown();
    const events: string[] = [];
    for (const name of ["database", "worker", "sockets"]) {
      shutdown.add(name, async () => {
        events.push(`${name} stops`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`${name} stopped`);
      });
    }
    await shutdown.stop();
    expect(events).toEqual([
      "sockets stops",
      "sockets stopped",
      "worker stops",
      "worker stopped",
      "database stops",
      "database stopped",
    ]);
  });

  it.each([
    ["fails", () => Promise.reject(new Error("broken"))],
    ["hangs", () => new Promise<never>(() => undefined)],
  ])("goes on when a step %s", async (_, stop) => {
    const shutdown = createShutdown(20);
    const database = vi.fn(async () => undefined);
    shutdown.add("database", database);
    shutdown.add("sockets", stop);
    await shutdown.stop();
    expect(database).toHaveBeenCalledOnce();
  });
});

it("whoever does not wait leaves no process of its own behind, a step under way included", async () => {
  const shutdown = createShutdown();
  const end = vi.fn();
  shutdown.add("database", () => new Promise<never>(() => undefined), end);
  void shutdown.stop();
  shutdown.abandon();
  expect(end).toHaveBeenCalledOnce();
});

describe("signals", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function listen() {
    const source = new EventEmitter();
    const calls: string[] = [];
    const options = { onFirst: () => calls.push("first"), onSecond: () => calls.push("second") };
    const end = listenForSignals(options, source);
    return { source, calls, end };
  }

  it("that npm passes on a moment after the terminal's own are its echo", () => {
    const { source, calls } = listen();
    source.emit("SIGINT");
    vi.advanceTimersByTime(100);
    source.emit("SIGINT");
    expect(calls).toEqual(["first"]);
  });

  it("of somebody who does not want to wait end at once", () => {
    const { source, calls } = listen();
    source.emit("SIGTERM");
    vi.advanceTimersByTime(1000);
    source.emit("SIGINT");
    expect(calls).toEqual(["first", "second"]);
  });

  it("are nobody's after the end", () => {
    const { source, calls, end } = listen();
    end();
    source.emit("SIGINT");
    expect(calls).toEqual([]);
  });
});
