import * as encoding from "lib0/encoding";
import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Decision } from "@/contracts/live";
import { waitFor } from "@/server/testing/wait-for";
import { type Joined, startLiveTest } from "./testing/live-test";
import { tokenOf } from "./testing/live-world";
import { openRawSocket, type RawSocket } from "./testing/raw-socket";
import { writeUpdate } from "./testing/write-update";
import { updateMessage } from "./wire";

const live = startLiveTest();
const raw: RawSocket[] = [];

afterEach(() => {
  for (const socket of raw.splice(0)) socket.stop();
});

/** A member's socket without y-websocket on it. */
async function knock(): Promise<RawSocket> {
  const member = await live.addMember("reviewer", "Eve");
  const token = await tokenOf(live.test.db, member);
  const socket = openRawSocket(`${live.nodes[0].url}/${live.world.session.room}`, {
    authorization: `Bearer ${token}`,
  });
  raw.push(socket);
  await socket.opened();
  return socket;
}

/** The state of the room as the log has it. */
async function committed(key: string): Promise<unknown> {
  const reader = await live.join({ name: "Reader" });
  const found = reader.get(key);
  reader.stop();
  return found;
}

const decisionOf = (by: string, more: Partial<Decision> = {}): Decision => ({
  value: ["neg"],
  by,
  at: new Date().toISOString(),
  ...more,
});

const sameClient = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};

describe("refused outright, nothing applied, closed 4400", () => {
  const cases: [string, (key: string, by: string) => Uint8Array | string][] = [
    ["text", () => "hello"],
    ["an empty message", () => new Uint8Array()],
    ["noise", () => new Uint8Array([0, 2, 9, 200, 200, 200, 1, 2, 3, 4, 5])],
    ["an unknown message", () => new Uint8Array([42, 1, 1])],
    ["our own kind of message", () => new Uint8Array([100, 1, 0])],
    ["a state vector that is none", () => new Uint8Array([0, 0, 3, 255, 255, 255])],
    ["more than 256 KB", () => updateMessage(new Uint8Array(300 * 1024))],
    ["an update of another map", (key, by) => change((doc) => doc.getMap("others").set(key, decisionOf(by)))],
    ["an update of a list", (_, by) => change((doc) => doc.getArray("decisions").push([decisionOf(by)]))],
    ["a nested type", (key) => change((doc) => doc.getMap("decisions").set(key, new Y.Map()))],
    ["a text", (key) => change((doc) => doc.getMap("decisions").set(key, new Y.Text("x")))],
    ["bytes", (key) => change((doc) => doc.getMap("decisions").set(key, new Uint8Array([1])))],
    [
      "an update that lacks what comes before",
      (key, by) => {
        const doc = new Y.Doc();
        doc.getMap("decisions").set("x", 1);
        const before = Y.encodeStateVector(doc);
        doc.getMap("decisions").set(key, decisionOf(by));
        return updateMessage(Y.encodeStateAsUpdate(doc, before));
      },
    ],
    [
      "a client twice, once with a decision of its own and once with another's",
      (key, by) =>
        updateMessage(
          writeUpdate([
            { clientId: 7, clock: 0, structs: [{ key: `${key} `, value: 1 }] },
            { clientId: 7, clock: 0, structs: [{ key, value: decisionOf(by) }] },
          ]),
        ),
    ],
    [
      "a deletion of what nobody has",
      () => {
        const encoder = encoding.createEncoder();
        for (const value of [0, 1, 77, 1, 0, 5]) encoding.writeVarUint(encoder, value);
        return updateMessage(encoding.toUint8Array(encoder));
      },
    ],
  ];

  it.each(cases)("%s", async (_, make) => {
    const key = live.nextKey();
    const eve = await knock();
    eve.send(make(key, live.world.member.userId));
    expect(await eve.closedWith()).toBe(4400);
    expect(await committed(key)).toBeUndefined();
    expect(await live.test.db.verification.count({ where: { annotationId: key } })).toBe(0);
  });

  it("the deletion of a key", async () => {
    const [ada, eve] = [await live.join({ name: "Ada" }), await live.join({ name: "Eve" })];
    const key = live.nextKey();
    const made = ada.decide(key, ["neg"]);
    await waitFor("Eve's view", () => eve.get(key));
    eve.doc.getMap("decisions").delete(key);
    await waitFor("the end", () => eve.closed.includes(4400));
    expect(await committed(key)).toMatchObject(made);
    expect(ada.closed).toEqual([]);
  });

  it("a client id that is another person's, whether it has written or only been seen", async () => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const keys = [live.nextKey(), live.nextKey(), live.nextKey()];
    const [first = "", second = "", third = ""] = keys;
    ada.decide(first, ["neg"]);
    await ada.saved();
    bo.provider.awareness.setLocalState({ at: null });
    await waitFor("Bo at Ada's", () => ada.provider.awareness.getStates().has(bo.doc.clientID));
    for (const [victim, key] of [
      [ada, second],
      [bo, third],
    ] as const) {
      const thief = sameClient(ada.doc);
      const before = Y.encodeStateVector(thief);
      thief.clientID = victim.doc.clientID;
      const eve = await knock();
      thief.getMap("decisions").set(key, decisionOf(victim.userId));
      eve.send(updateMessage(Y.encodeStateAsUpdate(thief, before)));
      expect(await eve.closedWith()).toBe(4400);
      victim.decide(key, ["neu"]);
      await victim.saved();
      expect(await committed(key)).toMatchObject({ by: victim.userId, value: ["neu"] });
    }
  });
});

describe("set back, told to its author, seen by nobody", () => {
  async function refusedWith(eve: Joined, key: string, value: unknown): Promise<string | undefined> {
    const peer = await live.join({ name: "Peer" });
    const seen: unknown[] = [];
    peer.doc.getMap("decisions").observe((event) => {
      for (const changed of event.keysChanged) seen.push(peer.doc.getMap("decisions").get(changed));
    });
    const before = peer.get(key);
    const rows = await live.test.db.verification.count({ where: { annotationId: key } });
    const count = eve.refusals.length;
    eve.doc.getMap<unknown>("decisions").set(key, value);
    await waitFor("the refusal", () => eve.refusals.length > count);
    await waitFor("the set-back", () => JSON.stringify(eve.get(key)) === JSON.stringify(before));
    expect(await committed(key)).toEqual(before);
    expect(seen.filter((one) => JSON.stringify(one) !== JSON.stringify(before))).toEqual([]);
    expect(await live.test.db.verification.count({ where: { annotationId: key } })).toBe(rows);
    const refusal = eve.refusals.at(-1);
    expect(refusal?.keys).toEqual([key]);
    peer.stop();
    return refusal?.code;
  }

  it("what is no decision, or a wrong one", async () => {
    const eve = await live.join({ name: "Eve" });
    const { userId: by } = eve;
    const key = live.nextKey();
    eve.decide(key, ["neu"]);
    await eve.saved();
    expect(await refusedWith(eve, key, "neg")).toBe("invalid");
    expect(await refusedWith(eve, key, null)).toBe("invalid");
    expect(await refusedWith(eve, key, { ...decisionOf(by), note: "more" })).toBe("invalid");
    expect(await refusedWith(eve, key, decisionOf(by, { at: "0000-01-01T00:00:00.000Z" }))).toBe("invalid");
    expect(await refusedWith(eve, key, decisionOf(by, { value: ["nonsense"] }))).toBe("invalid_value");
    expect(await refusedWith(eve, key, decisionOf(by, { value: ["pos", "neg"] }))).toBe("invalid_value");
    expect(await refusedWith(eve, key, decisionOf(by, { value: [] }))).toBe("invalid_value");
    expect(await refusedWith(eve, key, decisionOf(by, { status: "CONFIRMS" }))).toBe("wrong_status");
    expect(eve.closed).toEqual([]);
  });

  it("a label that is not in the room", async () => {
    const eve = await live.join({ name: "Eve" });
    const other = "018f0000-0000-7000-8000-00000000abcd";
    expect(await refusedWith(eve, other, decisionOf(eve.userId))).toBe("unknown_item");
  });

  it("a verdict in another's name", async () => {
    const [ada, eve] = [await live.join({ name: "Ada" }), await live.join({ name: "Eve" })];
    const key = live.nextKey();
    expect(await refusedWith(eve, key, decisionOf(ada.userId))).toBe("forged_author");
    const own = ada.decide(key, ["neg"]);
    await waitFor("Eve's view", () => eve.get(key));
    const forged = { ...own, status: "CORRECTS" as const, value: ["neu"], restoredBy: eve.userId };
    expect(await refusedWith(eve, key, forged)).toBe("forged_author");
    // Even what Ada did say once: it is not Eve's decision that would be undone.
    ada.decide(key, ["neu"]);
    await ada.saved();
    expect(await refusedWith(eve, key, { ...own, restoredBy: eve.userId })).toBe("forged_author");
  });

  it("what stands anyway, as if one had brought it back: no refusal, since nothing was asked for", async () => {
    const [ada, eve] = [await live.join({ name: "Ada" }), await live.join({ name: "Eve" })];
    const key = live.nextKey();
    const own = ada.decide(key, ["neg"]);
    const stands = await waitFor("Eve's view", () => eve.get(key));
    eve.doc.getMap("decisions").set(key, { ...own, restoredBy: eve.userId });
    await waitFor("the set-back", () => JSON.stringify(eve.get(key)) === JSON.stringify(stands));
    expect(await committed(key)).toEqual(stands);
    expect(eve.refusals).toEqual([]);
    expect(await live.test.db.verification.count({ where: { annotationId: key } })).toBe(1);
  });

  it("a span, as long as sessions have none", async () => {
    const eve = await live.join({ name: "Eve" });
    eve.doc.getMap("spans").set("x", { start: 0 });
    await waitFor("the refusal", () => eve.refusals.length > 0);
    expect(eve.refusals).toMatchObject([{ code: "invalid", keys: ["x"] }]);
    await waitFor("the set-back", () => !eve.doc.getMap("spans").has("x"));
  });

  it("what a viewer writes", async () => {
    const viewer = await live.join({ name: "Viewer", role: "viewer" });
    const key = live.nextKey();
    expect(await refusedWith(viewer, key, decisionOf(viewer.userId))).toBe("forbidden");
  });

  it("and the good decision of the same author beside it counts", async () => {
    const eve = await live.join({ name: "Eve" });
    const [bad, good] = [live.nextKey(), live.nextKey()];
    eve.doc.transact(() => {
      eve.decide(bad, ["nonsense"]);
      eve.decide(good, ["neg"]);
    });
    await eve.saved();
    expect(eve.refusals).toMatchObject([{ keys: [bad], code: "invalid_value" }]);
    expect(await committed(good)).toMatchObject({ value: ["neg"] });
    expect(await committed(bad)).toBeUndefined();
  });
});

describe("a flood", () => {
  it("is cut off with 4429 while others work on", async () => {
    const ada = await live.join({ name: "Ada" });
    const eve = await knock();
    for (let n = 0; n < 8000; n++) eve.send(new Uint8Array([3]));
    expect(await eve.closedWith()).toBe(4429);
    const key = live.nextKey();
    ada.decide(key, ["neg"]);
    await ada.saved();
  });
});

/** The message that a fresh replica sends after a change. */
function change(make: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  make(doc);
  return updateMessage(Y.encodeStateAsUpdate(doc));
}
