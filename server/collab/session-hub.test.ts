import pino from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Db } from "@/server/platform/db";
import type { EventListener } from "@/server/platform/events";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import { openSessionHub } from "./session-hub";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("ends when whoever it was opened for has never come in", async () => {
  const onEmpty = vi.fn();
  const listener: EventListener = { subscribe: async () => () => undefined, close: async () => undefined };
  await openSessionHub({
    // Nothing can be told to other processes: there is none.
    db: {} as Db,
    statements: {} as PreparedStatements,
    log: pino({ level: "silent" }),
    listener,
    node: "here",
    sessionId: "s",
    independent: false,
    onEmpty,
  });
  expect(onEmpty).not.toHaveBeenCalled();
  vi.runOnlyPendingTimers();
  expect(onEmpty).toHaveBeenCalledOnce();
});
