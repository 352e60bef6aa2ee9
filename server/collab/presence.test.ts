import { describe, expect, it } from "vitest";
import type { Connection } from "./connection";
import { createSessionPresence } from "./presence";

const connectionOf = (userId: string): Connection => ({
  member: {
    userId,
    userName: `Name of ${userId}`,
    projectId: "p",
    projectSlug: "p",
    role: "reviewer",
    tokenScopes: [],
  },
  room: {
    name: "verification.x.0",
    projectId: "p",
    sessionId: "x",
    chunk: 0,
    chunkSize: 1000,
    userId: null,
    overlap: null,
  },
  synced: true,
  send: () => undefined,
  close: () => undefined,
  isOpen: () => true,
  prove: async () => undefined,
});
const ada = "018f0000-0000-7000-8000-00000000000a";
const bo = "018f0000-0000-7000-8000-00000000000b";
const at = "018f0000-0000-7000-8000-0000000000aa";

describe("presence of a session", () => {
  it("takes what a client says of itself, without what it must not say", () => {
    const presence = createSessionPresence();
    const state = { user: { id: bo, name: "Bo" }, at, view: "focus", more: "x".repeat(10_000) };
    const [told] = presence.accept(connectionOf(ada), [{ clientId: 1, clock: 1, state }]);
    expect(told).toMatchObject({
      clientId: 1,
      state: { user: { id: ada, name: `Name of ${ada}` }, at, view: "focus" },
    });
    expect(JSON.stringify(told)).not.toContain("xxx");
    expect(presence.everybody()).toEqual([told]);
  });

  it("passes over echoes of others, of those who have left too", () => {
    const presence = createSessionPresence();
    const [one, other] = [connectionOf(ada), connectionOf(bo)];
    presence.accept(one, [{ clientId: 1, clock: 1, state: {} }]);
    expect(presence.accept(other, [{ clientId: 1, clock: 9, state: {} }])).toEqual([]);
    expect(presence.accept(other, [{ clientId: 1, clock: 9, state: null }])).toEqual([]);
    expect(presence.leave(one)).toMatchObject([{ clientId: 1, clock: 1, state: null }]);
    expect(presence.accept(other, [{ clientId: 1, clock: 9, state: {} }])).toEqual([]);
    expect(presence.everybody()).toEqual([]);
  });

  it("lets a person's new connection take over before the end of the old one is noticed", () => {
    const presence = createSessionPresence();
    const [old, now] = [connectionOf(ada), connectionOf(ada)];
    presence.accept(old, [{ clientId: 1, clock: 1, state: {} }]);
    expect(presence.accept(now, [{ clientId: 1, clock: 2, state: {} }])).toHaveLength(1);
    expect(presence.leave(old)).toEqual([]);
    expect(presence.everybody()).toHaveLength(1);
  });

  it("gives each connection one client, and nobody a client of another process", () => {
    const presence = createSessionPresence();
    const one = connectionOf(ada);
    presence.accept(one, [{ clientId: 1, clock: 1, state: {} }]);
    expect(presence.accept(one, [{ clientId: 2, clock: 1, state: {} }])).toEqual([]);
    presence.relay([{ clientId: 3, clock: 1, state: { user: { id: bo, name: "Bo", color: 1 } } }]);
    expect(presence.ownerOf(3)).toBe(bo);
    expect(
      presence.relay([{ clientId: 1, clock: 5, state: { user: { id: bo, name: "Bo", color: 1 } } }]),
    ).toEqual([]);
    expect(presence.here().map(({ clientId }) => clientId)).toEqual([1]);
  });

  it("a connection does not go on naming clients, so that nobody fills the memory with them", () => {
    const presence = createSessionPresence();
    const one = connectionOf(ada);
    const comeAndGo = Array.from({ length: 100 }, (_, clientId) => [
      { clientId, clock: 1, state: {} },
      { clientId, clock: 2, state: null },
    ]).flat();
    const told = presence.accept(one, comeAndGo);
    expect(new Set(told.map(({ clientId }) => clientId)).size).toBe(8);
  });

  it("keeps the newest of what another process says, in whatever order it comes", () => {
    const presence = createSessionPresence();
    const state = { user: { id: bo, name: "Bo", color: 1 } };
    presence.relay([{ clientId: 3, clock: 2, state: { ...state, at } }]);
    expect(presence.relay([{ clientId: 3, clock: 1, state }])).toEqual([]);
    expect(presence.everybody()).toMatchObject([{ state: { at } }]);
  });

  it("forgets who is elsewhere and was not heard of for a while", () => {
    let now = 0;
    const presence = createSessionPresence(() => now);
    presence.relay([{ clientId: 3, clock: 1, state: { user: { id: bo, name: "Bo", color: 1 } } }]);
    now = 59_000;
    expect(presence.everybody()).toHaveLength(1);
    now = 61_000;
    expect(presence.everybody()).toEqual([]);
  });
});
