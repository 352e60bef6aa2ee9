import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { compactRoom, findRoom, writeVerifications } from "@/server/modules/verification";
import { waitFor } from "@/server/testing/wait-for";
import { loadDocument, rebuild } from "./room-document";
import { startLiveTest } from "./testing/live-test";
import { openSession, startLiveNode } from "./testing/live-world";

const live = startLiveTest();

describe("a room that is loaded", () => {
  it("is what was committed, after a restart as before", async () => {
    const ada = await live.join();
    const keys = [live.nextKey(), live.nextKey()];
    for (const key of keys) ada.decide(key, ["neg"]);
    await ada.saved();
    const fresh = await startLiveNode(live.test);
    const bo = await live.join({ node: fresh });
    expect(keys.map((key) => bo.get(key)?.by)).toEqual([ada.userId, ada.userId]);
    bo.stop();
    await fresh.stop();
  });

  it("holds what came by REST while nobody had it open", async () => {
    const { db } = live.test;
    const session = await openSession(live.world, live.world.jobId);
    const key = live.nextKey();
    await writeVerifications(db, live.world.member, {
      sessionId: session.id,
      items: [{ annotationId: key, value: ["neu"] }],
    });
    const bo = await live.join({ room: session.room });
    expect(bo.get(key)).toMatchObject({ by: live.world.member.userId, value: ["neu"] });
    expect(await db.collabInbox.count({ where: { room: session.room } })).toBe(0);
  });
});

describe("a room that is read anew after a commit that did not come about", () => {
  it("says what replicas lack of the clients that it was about, and of others nothing", async () => {
    const { db } = live.test;
    const [ada, bo] = [await live.join(), await live.join()];
    for (const one of [ada, bo]) one.decide(live.nextKey(), ["neg"]);
    await Promise.all([ada.saved(), bo.saved()]);
    const room = await findRoom(db, live.world.session.room);
    if (!room) throw new Error("There is no such room.");
    const { document } = await loadDocument(db, room);
    const replica = new Y.Doc();
    for (const update of await rebuild(db, document, new Map([[ada.doc.clientID, 0]])))
      Y.applyUpdate(replica, update);
    const clocksIn = (doc: Y.Doc) => [ada, bo].map((one) => Y.getState(doc.store, one.doc.clientID));
    expect(clocksIn(document.doc)).toEqual([1, 1]);
    expect(clocksIn(replica)).toEqual([1, 0]);
  });
});

describe("a log that is folded into a snapshot", () => {
  it("says the same to a new process, and to one that had seen less", async () => {
    const { db } = live.test;
    const { room } = live.world.session;
    const [ada, bo] = [await live.join({ node: live.nodes[0] }), await live.join({ node: live.nodes[1] })];
    const keys = Array.from({ length: 8 }, () => live.nextKey());
    for (const value of ["neg", "neu"])
      for (const key of keys) {
        ada.decide(key, [value]);
        await ada.saved();
      }
    const before = await db.collabUpdate.count({ where: { room } });
    await compactRoom(db, room);
    expect(await db.collabUpdate.count({ where: { room } })).toBe(0);
    expect(before).toBeGreaterThan(8);
    const [late = ""] = keys;
    bo.decide(late, ["pos"]);
    await bo.saved();
    await waitFor("the first process", () => ada.get(late)?.by === bo.userId);
    const fresh = await startLiveNode(live.test);
    const cy = await live.join({ node: fresh });
    expect(keys.map((key) => cy.get(key)?.value)).toEqual([["pos"], ...keys.slice(1).map(() => ["neu"])]);
    cy.stop();
    await fresh.stop();
  });
});

describe("a server that stops", () => {
  it("tells its clients to come back, with everything committed that it had taken", async () => {
    const stopping = await startLiveNode(live.test);
    const ada = await live.join({ node: stopping });
    const key = live.nextKey();
    ada.decide(key, ["neg"]);
    await waitFor("the message to be sent", () => ada.provider.ws?.bufferedAmount === 0);
    await stopping.stop();
    await waitFor("the end", () => ada.closed.includes(1012));
    const bo = await live.join();
    // What the server had not read yet is the client's to send again.
    if (ada.isDurable()) expect(bo.get(key)).toMatchObject({ by: ada.userId });
  });
});
