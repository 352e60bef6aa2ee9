import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { MESSAGE_PERSISTED } from "@/contracts/live";
import { writeVerifications } from "@/server/modules/verification";
import { waitFor } from "@/server/testing/wait-for";
import { startLiveTest } from "./testing/live-test";
import { tokenOf } from "./testing/live-world";
import { openRawSocket } from "./testing/raw-socket";
import { askForMissing } from "./wire";

const live = startLiveTest();

const rowsOf = (annotationId: string) =>
  live.test.db.verification.findMany({
    where: { annotationId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });

describe("a decision", () => {
  it("reaches the peer and the rows, and is durable when its author is told so", async () => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const key = live.nextKey();
    ada.decide(key, ["neg"]);
    await ada.saved();
    expect(await rowsOf(key)).toMatchObject([
      {
        status: "CORRECTS",
        value: ["neg"],
        verifierId: ada.userId,
        sessionId: live.world.session.id,
        current: true,
        inSharedSession: true,
      },
    ]);
    await waitFor("the peer's view", () => bo.get(key));
    expect(bo.get(key)).toMatchObject({ status: "CORRECTS", value: ["neg"], by: ada.userId });
  });

  it("reaches the others without the word that it is durable, which is its author's", async () => {
    const ada = await live.join({ name: "Ada" });
    const token = await tokenOf(live.test.db, await live.addMember("reviewer", "Bo"));
    const bo = openRawSocket(`${live.nodes[0].url}/${live.world.session.room}`, {
      authorization: `Bearer ${token}`,
    });
    const heard = (key: string) => bo.received.some((frame) => Buffer.from(frame).includes(key));
    const words = () => bo.received.filter(([kind]) => kind === MESSAGE_PERSISTED).length;
    await bo.opened();
    bo.send(askForMissing(new Y.Doc()));
    await waitFor("the document", () => words() === 1);
    for (const key of [live.nextKey(), live.nextKey()]) {
      ada.decide(key, ["neg"]);
      await ada.saved();
      await waitFor("the decision", () => heard(key));
    }
    expect(words()).toBe(1);
    bo.stop();
  });

  it("confirms when its value is the job's, and says so to its author as well", async () => {
    const ada = await live.join();
    const key = live.nextKey();
    ada.decide(key, ["pos"]);
    await ada.saved();
    expect(ada.get(key)).toMatchObject({ status: "CONFIRMS" });
    expect(await rowsOf(key)).toMatchObject([{ status: "CONFIRMS" }]);
  });

  it("that can't tell has no value and its own status", async () => {
    const ada = await live.join();
    const key = live.nextKey();
    ada.decide(key, [], { status: "UNSURE" });
    await ada.saved();
    expect(await rowsOf(key)).toMatchObject([{ status: "UNSURE", value: [], current: true }]);
  });

  it("made again in the same words makes no second row", async () => {
    const ada = await live.join();
    const key = live.nextKey();
    ada.decide(key, ["neg"]);
    await ada.saved();
    ada.decide(key, ["neg"], { at: "2026-01-01T00:00:00.000Z" });
    await ada.saved();
    expect(await rowsOf(key)).toHaveLength(1);
    expect(ada.get(key)?.at).toBe("2026-01-01T00:00:00.000Z");
  });

  it("that is taken back stays in the history and leaves nothing that counts", async () => {
    const ada = await live.join();
    const key = live.nextKey();
    ada.decide(key, ["neg"]);
    ada.decide(key, [], { status: null });
    await ada.saved();
    const rows = await rowsOf(key);
    expect(rows.map(({ status, current }) => ({ status, current }))).toEqual([
      { status: "CORRECTS", current: false },
      { status: null, current: true },
    ]);
  });

  it("of nothing that is taken back makes no row", async () => {
    const ada = await live.join();
    const key = live.nextKey();
    ada.decide(key, [], { status: null });
    await ada.saved();
    expect(await rowsOf(key)).toEqual([]);
  });
});

describe("two people at one label", () => {
  it("without a base: the last to arrive stands, whatever Yjs's order of client ids", async () => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const keys = [live.nextKey(), live.nextKey()];
    // Once in each order of their ids: in one of the two cases Yjs alone would let the first one win.
    for (const [index, key] of keys.entries()) {
      const [first, second] = index === 0 ? [ada, bo] : [bo, ada];
      second.provider.disconnect();
      first.decide(key, ["neg"]);
      await first.saved();
      second.decide(key, ["neu"]);
      second.provider.connect();
      await second.saved();
      await waitFor("both views", () => [ada, bo].every((one) => one.get(key)?.by === second.userId));
      expect((await rowsOf(key)).map(({ verifierId, current }) => [verifierId, current])).toEqual([
        [first.userId, false],
        [second.userId, true],
      ]);
    }
  });

  it("with a base that is no longer true: overtaken, in the history, and its author is told", async () => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const key = live.nextKey();
    ada.decide(key, ["neg"], { base: null });
    await ada.saved();
    const late = bo.decide(key, ["neu"], { base: null });
    await bo.saved();
    await waitFor("the refusal", () => bo.refusals.length > 0);
    expect(bo.refusals[0]).toMatchObject({
      keys: [key],
      code: "overtaken",
      current: { [key]: { by: ada.userId, value: ["neg"] } },
      at: { [key]: late.at },
    });
    expect(await rowsOf(key)).toMatchObject([
      { verifierId: ada.userId, current: true, overtaken: false },
      { verifierId: bo.userId, current: false, overtaken: true },
    ]);
    expect(bo.get(key)?.by).toBe(ada.userId);
  });

  it("with a true base replaces what its author saw", async () => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const key = live.nextKey();
    const { by, at } = ada.decide(key, ["neg"], { base: null });
    await waitFor("Bo's view", () => bo.get(key));
    bo.decide(key, ["neu"], { base: { by, at } });
    await bo.saved();
    expect(bo.refusals).toEqual([]);
    await waitFor("Ada's view", () => ada.get(key)?.by === bo.userId);
  });

  it("undone by the one, the other's verdict stands again under the other's name", async () => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const key = live.nextKey();
    ada.decide(key, ["neg"]);
    const before = await waitFor("Bo's view", () => bo.get(key));
    bo.decide(key, ["neu"]);
    await bo.saved();
    bo.decide(key, before.value, { ...before, restoredBy: bo.userId });
    await bo.saved();
    expect(bo.refusals).toEqual([]);
    const rows = await rowsOf(key);
    expect(rows.map((row) => [row.verifierId, row.value, row.current, row.restoredById])).toEqual([
      [ada.userId, ["neg"], false, null],
      [bo.userId, ["neu"], false, null],
      [ada.userId, ["neg"], true, bo.userId],
    ]);
  });
});

describe("several processes", () => {
  it("let a decision in one be seen and answered in the other", async () => {
    const ada = await live.join({ name: "Ada", node: live.nodes[0] });
    const bo = await live.join({ name: "Bo", node: live.nodes[1] });
    const key = live.nextKey();
    const { by, at } = ada.decide(key, ["neg"], { base: null });
    await waitFor("the view in the other process", () => bo.get(key));
    bo.decide(key, ["neu"], { base: { by, at } });
    await bo.saved();
    await waitFor("the view in the first process", () => ada.get(key)?.by === bo.userId);
    expect((await rowsOf(key)).filter((row) => row.current)).toMatchObject([{ verifierId: bo.userId }]);
  });
});

describe("a verdict by REST", () => {
  it("shows in the open room, and is its session's row", async () => {
    const ada = await live.join();
    const member = await live.addMember("reviewer", "Script");
    const key = live.nextKey();
    const { items } = await writeVerifications(live.test.db, member, {
      items: [{ annotationId: key, value: ["neu"] }],
    });
    expect(items).toMatchObject([{ status: "CORRECTS" }]);
    await waitFor("the room", () => ada.get(key));
    expect(ada.get(key)).toMatchObject({ by: member.userId, value: ["neu"], status: "CORRECTS" });
    expect(await rowsOf(key)).toMatchObject([
      { verifierId: member.userId, current: true, sessionId: live.world.session.id },
    ]);
  });

  it("and a decision at the same time: rows and document agree", async () => {
    const ada = await live.join();
    const member = await live.addMember("reviewer", "Script");
    for (let round = 0; round < 5; round++) {
      const key = live.nextKey();
      ada.decide(key, ["neg"]);
      await writeVerifications(live.test.db, member, { items: [{ annotationId: key, value: ["neu"] }] });
      await ada.saved();
      const stands = await waitFor("agreement", async () => {
        const [current] = (await rowsOf(key)).filter((row) => row.current);
        return current && ada.get(key)?.by === current.verifierId ? current : null;
      });
      expect(ada.get(key)?.value).toEqual(stands.value);
    }
  });
});
