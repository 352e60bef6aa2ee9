import * as encoding from "lib0/encoding";
import { afterEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Decision } from "@/contracts/live";
import { waitFor } from "@/server/testing/wait-for";
import { type Joined, startLiveTest } from "./testing/live-test";
import { tokenOf } from "./testing/live-world";
import { openRawSocket, type RawSocket } from "./testing/raw-socket";
import { writeUpdate } from "./testing/write-update";
import { presenceMessage, updateMessage } from "./wire";

/** Clients that no reviewer has: what each one sends reaches no peer and no row, it is told why, and others work on. */
const live = startLiveTest({ items: 60 });
const raw: RawSocket[] = [];

afterEach(() => {
  for (const socket of raw.splice(0)) socket.stop();
});

type Knocking = RawSocket & { userId: string };

/** A reviewer's socket without y-websocket on it. */
async function knock(name = "Eve"): Promise<Knocking> {
  const member = await live.addMember("reviewer", name);
  const token = await tokenOf(live.test.db, member);
  const socket = openRawSocket(`${live.nodes[0].url}/${live.world.session.room}`, {
    authorization: `Bearer ${token}`,
  });
  raw.push(socket);
  await socket.opened();
  return { ...socket, userId: member.userId };
}

const decisionOf = (by: string, more: Partial<Decision> = {}): Decision => ({
  value: ["neg"],
  by,
  at: new Date().toISOString(),
  ...more,
});

/** The message of a fresh replica after a change. */
function change(make: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  make(doc);
  return updateMessage(Y.encodeStateAsUpdate(doc));
}

/** Keys that changed at a peer from now on. */
function watch(peer: Joined): Set<string> {
  const seen = new Set<string>();
  for (const map of ["decisions", "spans"])
    peer.doc.getMap(map).observe(({ keysChanged }) => {
      for (const key of keysChanged) seen.add(key);
    });
  return seen;
}

const rowsOf = (annotationId: string) => live.test.db.verification.count({ where: { annotationId } });

/** A peer decides and has it saved, so whatever was sent before has been dealt with, and it was cut off from nothing. */
async function expectUndisturbed(peer: Joined): Promise<void> {
  peer.decide(live.nextKey(), ["neu"]);
  await peer.saved();
  expect(peer.closed).toEqual([]);
}

/** An array in an array, so many times, as an update holds it; JSON could not be read that deep. */
function nestedUpdate(key: string, levels: number): Uint8Array {
  const [head, tail] = [writeUpdate([{ clientId: 5, clock: 0, structs: [{ key, value: null }] }]), []];
  const encoder = encoding.createEncoder();
  // Without the value of null and the empty list of deletions.
  encoding.writeUint8Array(encoder, head.slice(0, -2));
  for (let level = 0; level < levels; level++) {
    encoding.writeUint8(encoder, 117);
    encoding.writeVarUint(encoder, 1);
  }
  encoding.writeAny(encoder, tail);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

/** Decisions of so many Yjs clients in one update. */
const ofManyClients = (key: string, by: string, count: number): Uint8Array =>
  writeUpdate(
    Array.from({ length: count }, (_, at) => ({
      clientId: count - at,
      clock: 0,
      structs: [{ key: `${key}${at === 0 ? "" : at}`, value: decisionOf(by) }],
    })),
  );

describe("closed with 4400, nothing applied", () => {
  const cases: [string, (key: string, by: string) => Uint8Array][] = [
    [
      "a value of 1 MB",
      (key, by) =>
        change((doc) => doc.getMap("decisions").set(key, decisionOf(by, { value: ["x".repeat(1e6)] }))),
    ],
    ["a value nested ten levels deep", (key) => updateMessage(nestedUpdate(key, 10))],
    ["a value nested a hundred thousand levels deep", (key) => updateMessage(nestedUpdate(key, 100_000))],
    ["decisions of a hundred clients at once", (key, by) => updateMessage(ofManyClients(key, by, 100))],
    [
      "a client id that no Yjs makes",
      (key, by) =>
        updateMessage(
          writeUpdate([
            { clientId: Number.MAX_SAFE_INTEGER, clock: 0, structs: [{ key, value: decisionOf(by) }] },
          ]),
        ),
    ],
    [
      "a clock near the end of numbers",
      (key, by) =>
        updateMessage(
          writeUpdate([
            { clientId: 9, clock: Number.MAX_SAFE_INTEGER - 1, structs: [{ key, value: decisionOf(by) }] },
          ]),
        ),
    ],
    [
      "a deletion without end",
      (key, by) =>
        updateMessage(
          writeUpdate(
            [{ clientId: 9, clock: 0, structs: [{ key, value: decisionOf(by) }] }],
            [[9, 0, Number.MAX_SAFE_INTEGER]],
          ),
        ),
    ],
    ["a document in the document", (key) => change((doc) => doc.getMap("decisions").set(key, new Y.Doc()))],
    ["a text of the name of the map", () => change((doc) => doc.getText("decisions").insert(0, "x"))],
    ["an element of XML", (key) => change((doc) => doc.getXmlFragment(key).push([new Y.XmlElement("b")]))],
    [
      "a map of a name of its own",
      (key, by) => change((doc) => doc.getMap("items").set(key, decisionOf(by))),
    ],
    ["a message of a type that there is not", () => new Uint8Array([102, 1, 1])],
    ["authentication as y-websocket has it", () => new Uint8Array([2, 0, 1, 65])],
    ["presence of five thousand at once", () => presenceOf(5000)],
    ["presence that is no JSON", () => new Uint8Array([1, 5, 1, 7, 1, 1, 123])],
    ["presence of 300 KB", () => presenceOf(1, { at: "x".repeat(300_000) })],
  ];

  it.each(cases)("%s", async (_, make) => {
    const peer = await live.join({ name: "Peer" });
    const seen = watch(peer);
    const key = live.nextKey();
    const eve = await knock();
    eve.send(make(key, eve.userId));
    expect(await eve.closedWith()).toBe(4400);
    expect(seen).toEqual(new Set());
    expect(await rowsOf(key)).toBe(0);
    await expectUndisturbed(peer);
    peer.stop();
  });
});

describe("refused with its reason, and set back", () => {
  const cases: [string, unknown][] = [
    ["a value of 200 KB", { value: ["x".repeat(200_000)] }],
    ["a thousand options", { value: Array.from({ length: 1000 }, (_, n) => `option ${n}`) }],
    ["a time in the year 9999", { at: "9999-12-31T23:59:59.999Z" }],
    ["a time too long for anybody to answer to", { at: `2026-01-01T00:00:00.${"1".repeat(50)}Z` }],
  ];

  it.each(cases)("%s", async (_, more) => {
    const [eve, peer] = [await live.join({ name: "Eve" }), await live.join({ name: "Peer" })];
    const seen = watch(peer);
    const key = live.nextKey();
    eve.doc.getMap("decisions").set(key, { ...decisionOf(eve.userId), ...(more as Partial<Decision>) });
    await waitFor("the refusal", () => eve.refusals.length > 0);
    expect(eve.refusals).toMatchObject([{ keys: [key], code: "invalid" }]);
    await waitFor("the set-back", () => eve.get(key) === undefined);
    await expectUndisturbed(peer);
    expect(peer.get(key)).toBeUndefined();
    expect([...seen].filter((one) => one === key && peer.get(one) !== undefined)).toEqual([]);
    expect(await rowsOf(key)).toBe(0);
  });
});

describe("presence", () => {
  it("of 200 KB is cut down to what others need", async () => {
    const peer = await live.join({ name: "Peer" });
    const eve = await knock();
    eve.send(presenceOf(1, { at: live.nextKey(), junk: "x".repeat(200_000) }));
    const state = await waitFor("Eve at the peer's", () => peer.provider.awareness.getStates().get(1));
    expect(JSON.stringify(state).length).toBeLessThan(500);
    expect(state.user).toMatchObject({ id: eve.userId, name: "Eve" });
  });

  it("in another's name, with another's client id, or nested without end, is the sender's own or nobody's", async () => {
    const [peer, victim] = [await live.join({ name: "Peer" }), await live.join({ name: "Victim" })];
    victim.provider.awareness.setLocalState({ at: null });
    await waitFor("the victim", () => peer.provider.awareness.getStates().has(victim.doc.clientID));
    const eve = await knock();
    const user = { id: victim.userId, name: "Victim", color: 1 };
    const clock = 1000;
    eve.send(presenceMessage([{ clientId: victim.doc.clientID, clock, state: { user } }]));
    eve.send(presenceMessage([{ clientId: victim.doc.clientID, clock: clock + 1, state: null }]));
    eve.send(rawPresence(2, `{"at":${"[".repeat(50_000)}${"]".repeat(50_000)}}`));
    eve.send(presenceMessage([{ clientId: 2, clock, state: { user } }]));
    const own = await waitFor("Eve", () => peer.provider.awareness.getStates().get(2));
    expect(own.user).toMatchObject({ id: eve.userId, name: "Eve" });
    expect(peer.provider.awareness.getStates().get(victim.doc.clientID)?.user).toMatchObject({
      id: victim.userId,
      name: "Victim",
    });
    expect(eve.isOpen()).toBe(true);
  });
});

describe("a flood", () => {
  it("of ten thousand updates at once ends with 4429, and a peer's decision arrives meanwhile", async () => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const eve = await knock();
    const doc = new Y.Doc();
    const messages: Uint8Array[] = [];
    doc.on("update", (update) => messages.push(updateMessage(update)));
    const [target, own] = [live.nextKey(), live.nextKey()];
    for (let n = 0; n < 10_000; n++)
      doc.getMap("decisions").set(target, decisionOf(eve.userId, { value: [n % 2 === 0 ? "neg" : "neu"] }));
    for (const message of messages) eve.send(message);
    ada.decide(own, ["neg"]);
    await waitFor("Ada's decision at Bo's", () => bo.get(own));
    expect(await eve.closedWith()).toBe(4429);
    expect([...ada.closed, ...bo.closed]).toEqual([]);
    // What was within the allowance is Eve's decision like any other.
    await expectUndisturbed(ada);
    await waitFor("Eve's at Bo's", () => bo.get(target)?.by === eve.userId);
  });

  it("of questions for the document ends with 4429", async () => {
    const ada = await live.join({ name: "Ada" });
    const eve = await knock();
    for (let n = 0; n < 200; n++) eve.send(new Uint8Array([0, 0, 1, 0]));
    expect(await eve.closedWith()).toBe(4429);
    await expectUndisturbed(ada);
  });
});

describe("connections of one person", () => {
  it("are a hundred at most, and those of others are let in", async () => {
    const eve = await live.addMember("reviewer", "Eve");
    const headers = { authorization: `Bearer ${await tokenOf(live.test.db, eve)}` };
    const many = Array.from({ length: 105 }, () =>
      openRawSocket(`${live.nodes[0].url}/${live.world.session.room}`, headers),
    );
    raw.push(...many);
    const codes: number[] = [];
    for (const socket of many)
      socket.closedWith().then(
        (code) => codes.push(code),
        () => undefined,
      );
    await waitFor(
      "the refusals",
      () => codes.length >= 5 && many.filter(({ isOpen }) => isOpen()).length === 100,
    );
    expect(codes).toEqual([4429, 4429, 4429, 4429, 4429]);
    await expectUndisturbed(await live.join({ name: "Peer" }));
  });
});

describe("who reads nothing", () => {
  it("is cut off when too much waits for them, and others are not held up", async () => {
    const ada = await live.join({ name: "Ada" });
    // Enough people that one answer to who is there takes some kilobytes.
    const crowd = await Promise.all(Array.from({ length: 40 }, (_, n) => knock(`Somebody ${n}`)));
    for (const [n, one] of crowd.entries())
      one.send(presenceOf(1, { at: live.world.annotationIds[0] }, 100 + n));
    const eve = await knock("Deaf");
    eve.send(presenceOf(1, { at: null }, 7));
    const isThere = () => ada.provider.awareness.getStates().has(7);
    await waitFor("Eve at Ada's", isThere);
    await waitFor("the crowd", () => ada.provider.awareness.getStates().size >= 41);
    eve.pause();
    for (let n = 0; n < 4500; n++) eve.send(new Uint8Array([3]));
    await waitFor("the cut", () => !isThere());
    eve.resume();
    // Without a word: one more would wait with all the others.
    expect(await eve.closedWith()).toBe(1006);
    await expectUndisturbed(ada);
  });
});

/** Presence of so many clients, numbered from `first`. */
const presenceOf = (count: number, state: unknown = {}, first = 1): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((inner) => {
        encoding.writeVarUint(inner, count);
        for (let n = 0; n < count; n++) {
          encoding.writeVarUint(inner, first + n);
          encoding.writeVarUint(inner, 1);
          encoding.writeVarString(inner, JSON.stringify(state));
        }
      }),
    );
  });

const rawPresence = (clientId: number, json: string): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((inner) => {
        for (const value of [1, clientId, 1]) encoding.writeVarUint(inner, value);
        encoding.writeVarString(inner, json);
      }),
    );
  });
