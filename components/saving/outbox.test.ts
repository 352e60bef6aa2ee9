import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  countUnsent,
  eraseUnsent,
  type OutboxOptions,
  openOutbox as openAny,
  roomsWithOutbox,
} from "./outbox";
import { createStorage } from "./testing/memory-storage";

const act = z.object({ decision: z.object({ value: z.array(z.string()), by: z.string(), at: z.string() }) });
const openOutbox = (options: OutboxOptions) => openAny({ ...options, read: (json) => act.parse(json) });

const me = "018f0000-0000-7000-8000-00000000000a";
const other = "018f0000-0000-7000-8000-00000000000b";
const entry = (at: string, by = me) => ({ decision: { value: ["neg"], by, at } });
const [first, second] = ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z"];

describe("the outbox", () => {
  it("outlives its page, for the same person and room alone", () => {
    const storage = createStorage();
    openOutbox({ userId: me, room: "r", tab: "1", storage }).put("k", entry(first));
    const again = openOutbox({ userId: me, room: "r", tab: "2", storage });
    again.adopt(() => false);
    expect(again.entries().get("k")).toMatchObject({ ...entry(first), tab: "2" });
    for (const [userId, room] of [
      [other, "r"],
      [me, "s"],
    ] as const) {
      const foreign = openOutbox({ userId, room, tab: "3", storage });
      foreign.adopt(() => false);
      expect(foreign.entries().size).toBe(0);
    }
    expect(roomsWithOutbox(storage, me)).toEqual(["r"]);
    expect(countUnsent(storage, other)).toBe(0);
  });

  it("leaves alone what a living tab has", () => {
    const storage = createStorage();
    openOutbox({ userId: me, room: "r", tab: "1", storage }).put("k", entry(first));
    const beside = openOutbox({ userId: me, room: "r", tab: "2", storage });
    beside.adopt((tab) => tab === "1");
    expect(beside.entries().size).toBe(0);
  });

  it("forgets what is durable, unless it has been decided again", () => {
    const storage = createStorage();
    const outbox = openOutbox({ userId: me, room: "r", tab: "1", storage });
    outbox.put("k", entry(first));
    outbox.put("k", entry(second));
    outbox.remove("k", first);
    expect(outbox.entries().get("k")?.decision.at).toBe(second);
    outbox.remove("k", second);
    expect([outbox.entries().size, countUnsent(storage, me)]).toEqual([0, 0]);
  });

  it("is erased for one person and kept for another", () => {
    const storage = createStorage();
    for (const userId of [me, other])
      openOutbox({ userId, room: "r", tab: "1", storage }).put("k", entry(first, userId));
    eraseUnsent(storage, me);
    expect([countUnsent(storage, me), countUnsent(storage, other)]).toEqual([0, 1]);
  });

  it("works without a storage, and with one that is full or holds nonsense", () => {
    const without = openOutbox({ userId: me, room: "r", tab: "1", storage: null });
    without.put("k", entry(first));
    expect(without.entries().size).toBe(1);
    const full = {
      ...createStorage(),
      setItem: () => {
        throw new Error("full");
      },
    };
    const outbox = openOutbox({ userId: me, room: "r", tab: "1", storage: full });
    outbox.put("k", entry(first));
    expect(outbox.entries().size).toBe(1);
    const storage = createStorage();
    storage.setItem(`tandem.outbox|${me}|r|k`, "{nonsense");
    const adopting = openOutbox({ userId: me, room: "r", tab: "1", storage });
    adopting.adopt(() => false);
    expect([adopting.entries().size, storage.length]).toEqual([0, 0]);
  });
});
