import { describe, expect, it } from "vitest";
import { countUnsent, eraseUnsent } from "@/components/saving/outbox";
import { patchSession } from "@/server/modules/verification";
import { waitFor } from "@/server/testing/wait-for";
import type { Browser } from "./testing/browser";
import { startLiveTest } from "./testing/live-test";

const live = startLiveTest();

const choose = (browser: Browser, keys: readonly string[], value: string) =>
  browser.now().decide(
    keys.map((annotationId) => ({
      annotationId,
      status: value === "pos" ? "CONFIRMS" : "CORRECTS",
      value: [value],
    })),
  );
const valueAt = (browser: Browser, key: string) => browser.now().verdictOf(key)?.value[0];
const seen = (browser: Browser, key: string, value: string | undefined) =>
  waitFor(`${value} at ${key}`, () => valueAt(browser, key) === value);
/** Whoever left with the test before is gone at `one`'s, and `other` has come. */
const seesOnly = (one: Browser, other: Browser) =>
  waitFor(
    "the other alone",
    () =>
      one
        .now()
        .peers.map(({ user }) => user.id)
        .join() === other.userId,
  );
const currentRow = (annotationId: string) =>
  live.test.db.verification.findFirst({ where: { annotationId, current: true } });

describe("a page in a session", () => {
  it("shows a decision at once, says saved when it is durable, and glows for the peer", async () => {
    const [ada, bo] = [await live.browse({ name: "Ada" }), await live.browse({ name: "Bo" })];
    await Promise.all([ada.saved(), bo.saved()]);
    await seesOnly(ada, bo);
    const key = live.nextKey();
    const glow = waitFor("the glow at Bo's", () => bo.now().recentByPeers.has(key) && valueAt(bo, key));
    expect(choose(ada, [key], "neg")).toEqual({ changed: 1 });
    expect(ada.now().verdictOf(key)).toMatchObject({ value: ["neg"], unsaved: true });
    expect(ada.now().saveState()).toEqual({ kind: "saving", count: 1 });
    const decided = ada.now();
    await ada.saved();
    // Saved is told to those who show it; a whole page is not drawn for it.
    expect(ada.now()).toBe(decided);
    expect(ada.now().verdictOf(key)).toMatchObject({ value: ["neg"], unsaved: false });
    expect(await currentRow(key)).toMatchObject({ verifierId: ada.userId, value: ["neg"] });
    expect(await glow).toBe("neg");
    await waitFor("the glow to end", () => !bo.now().recentByPeers.has(key));
    expect(ada.now().recentByPeers.size).toBe(0);
  });

  it("shows the others once each, and where they look", async () => {
    const [ada, bo] = [await live.browse({ name: "Ada" }), await live.browse({ name: "Bo" })];
    const at = live.nextKey();
    ada.now().lookAt(at, "focus");
    await waitFor("Ada at Bo's", () => bo.now().peers.some((peer) => peer.at === at));
    expect(bo.now().peers.filter(({ user }) => user.id === ada.userId)).toMatchObject([
      { user: { id: ada.userId, name: "Ada" }, at, view: "focus" },
    ]);
  });

  it("has nothing to draw anew when it looks elsewhere itself, nor peers when it decides", async () => {
    const [ada, bo] = [await live.browse({ name: "Ada" }), await live.browse({ name: "Bo" })];
    await Promise.all([ada.saved(), bo.saved()]);
    await seesOnly(ada, bo);
    const key = live.nextKey();
    const before = ada.now();
    before.lookAt(key, "focus");
    await waitFor("Ada at Bo's", () => bo.now().peers.some((peer) => peer.at === key));
    expect(ada.now()).toBe(before);
    choose(ada, [key], "neg");
    await ada.saved();
    expect(ada.now()).not.toBe(before);
    expect(ada.now().peers).toBe(before.peers);
  });

  it("keeps decisions while the line is down, says so, and sends them when it is back", async () => {
    const [ada, bo] = [await live.browse({ name: "Ada" }), await live.browse({ name: "Bo" })];
    await ada.saved();
    const keys = [live.nextKey(), live.nextKey(), live.nextKey()];
    ada.setOnline(false);
    choose(ada, keys, "neu");
    await waitFor("the truth", () => ada.now().saveState().kind === "offline");
    expect(ada.now().saveState()).toEqual({ kind: "offline", count: 3 });
    expect(ada.client.unsent()).toBe(3);
    ada.setOnline(true);
    await ada.saved();
    for (const key of keys) await seen(bo, key, "neu");
  });

  it("that is closed before it could send: the next one of the same person sends it", async () => {
    const ada = await live.browse({ name: "Ada" });
    await ada.saved();
    const key = live.nextKey();
    ada.setOnline(false);
    choose(ada, [key], "neg");
    ada.close();
    expect(countUnsent(ada.storage, ada.userId)).toBe(1);
    const again = await live.browse({ userId: ada.userId, storage: ada.storage });
    expect(valueAt(again, key) ?? "neg").toBe("neg");
    await waitFor("the row", () => currentRow(key));
    await again.saved();
    expect(countUnsent(ada.storage, ada.userId)).toBe(0);
    expect(await live.test.db.verification.count({ where: { annotationId: key } })).toBe(1);
  });

  it("of another person in the same browser never sends it", async () => {
    const ada = await live.browse({ name: "Ada" });
    await ada.saved();
    const [kept, own] = [live.nextKey(), live.nextKey()];
    ada.setOnline(false);
    choose(ada, [kept], "neg");
    ada.close();
    const bo = await live.browse({ name: "Bo", storage: ada.storage });
    await bo.saved();
    choose(bo, [own], "neg");
    await bo.saved();
    expect(await currentRow(kept)).toBeNull();
    eraseUnsent(ada.storage, ada.userId);
    expect(countUnsent(ada.storage, ada.userId)).toBe(0);
  });

  it("whose decision was made on an older value says who was first and lets it be", async () => {
    const [ada, bo] = [await live.browse({ name: "Ada" }), await live.browse({ name: "Bo" })];
    await ada.saved();
    const key = live.nextKey();
    ada.setOnline(false);
    choose(ada, [key], "neg");
    choose(bo, [key], "neu");
    await bo.saved();
    ada.setOnline(true);
    await waitFor("the news", () => ada.now().refusals.length > 0);
    expect(ada.now().refusals).toMatchObject([{ code: "overtaken", keys: [key] }]);
    await seen(ada, key, "neu");
    expect(ada.now().saveState().kind).toBe("saved");
    ada.now().dismissRefusal(0);
    expect(ada.now().refusals).toEqual([]);
  });

  it("decided twice while offline stands on what was there before the first", async () => {
    const ada = await live.browse({ name: "Ada" });
    await ada.saved();
    const key = live.nextKey();
    ada.setOnline(false);
    choose(ada, [key], "neg");
    choose(ada, [key], "neu");
    ada.setOnline(true);
    await ada.saved();
    expect(ada.now().refusals).toEqual([]);
    expect(await currentRow(key)).toMatchObject({ value: ["neu"] });
  });

  it("decides a thousand labels at once, and takes them back at once", async () => {
    const big = await live.browse({ name: "Bulk" });
    await big.saved();
    const keys = live.world.annotationIds.slice(-20);
    expect(choose(big, keys, "pos")).toEqual({ changed: 20 });
    await big.saved();
    expect(big.now().undo()).toMatchObject({ kind: "done" });
    await big.saved();
    const rows = await live.test.db.verification.findMany({
      where: { annotationId: { in: keys }, current: true, status: { not: null } },
    });
    expect(rows).toEqual([]);
  });
});

describe("undo", () => {
  it("takes back one's own last act and brings it again", async () => {
    const ada = await live.browse();
    await ada.saved();
    const key = live.nextKey();
    choose(ada, [key], "neg");
    choose(ada, [key], "neu");
    expect(ada.now().undo()).toEqual({ kind: "done", keys: [key] });
    expect(valueAt(ada, key)).toBe("neg");
    expect(ada.now().undo()).toEqual({ kind: "done", keys: [key] });
    expect(ada.now().verdictOf(key)?.status).toBeNull();
    expect(ada.now().undo()).toEqual({ kind: "nothing" });
    ada.now().redo();
    ada.now().redo();
    await ada.saved();
    expect(await currentRow(key)).toMatchObject({ value: ["neu"], status: "CORRECTS" });
    expect(ada.now().refusals).toEqual([]);
  });

  it("restores the peer's verdict that one replaced, under the peer's name", async () => {
    const [ada, bo] = [await live.browse({ name: "Ada" }), await live.browse({ name: "Bo" })];
    const key = live.nextKey();
    choose(ada, [key], "neg");
    await seen(bo, key, "neg");
    choose(bo, [key], "neu");
    await bo.saved();
    bo.now().undo();
    await bo.saved();
    expect(bo.now().refusals).toEqual([]);
    await seen(ada, key, "neg");
    expect(await currentRow(key)).toMatchObject({ verifierId: ada.userId, restoredById: bo.userId });
    bo.now().redo();
    await bo.saved();
    expect(await currentRow(key)).toMatchObject({ verifierId: bo.userId, value: ["neu"] });
    bo.now().undo();
    await bo.saved();
    expect(bo.now().refusals).toEqual([]);
    expect(await currentRow(key)).toMatchObject({ verifierId: ada.userId });
  });

  it("leaves alone what somebody else has changed since, and says who", async () => {
    const [ada, bo] = [await live.browse({ name: "Ada" }), await live.browse({ name: "Bo" })];
    const key = live.nextKey();
    await ada.saved();
    choose(ada, [key], "neg");
    await seen(bo, key, "neg");
    choose(bo, [key], "neu");
    await seen(ada, key, "neu");
    expect(ada.now().undo()).toEqual({ kind: "overtaken", keys: [key], by: bo.userId });
    expect(valueAt(ada, key)).toBe("neu");
  });
});

describe("a page that is let in no further", () => {
  it("keeps what was not sent, to be copied", async () => {
    const ada = await live.browse({ name: "Ada" });
    await ada.saved();
    const key = live.nextKey();
    ada.setOnline(false);
    choose(ada, [key], "neg");
    await live.test.db.membership.update({
      where: { projectId_userId: { projectId: live.world.project.id, userId: ada.userId } },
      data: { disabledAt: new Date() },
    });
    ada.setOnline(true);
    await waitFor("the refusal", () => ada.now().saveState().kind === "refused");
    expect(ada.now().saveState()).toEqual({
      kind: "refused",
      reason: "forbidden",
      kept: [{ annotationId: key, status: "CORRECTS", value: ["neg"] }],
    });
    expect(ada.now().readOnly).toBe(true);
  });

  it("in a closed session reads on and decides no more", async () => {
    const ada = await live.browse({ name: "Ada" });
    await ada.saved();
    const { id } = live.world.session;
    await patchSession(live.test.db, live.world.member, { id, state: "closed" });
    const key = live.nextKey();
    choose(ada, [key], "neg");
    await waitFor("the refusal", () => ada.now().refusals.length > 0);
    ada.client.setCircumstances({ open: false, canVerify: true });
    expect(ada.now().saveState()).toMatchObject({
      kind: "refused",
      reason: "closed",
      kept: [{ annotationId: key }],
    });
    expect(ada.now().verdictOf(key)).toBeNull();
    expect(choose(ada, [key], "neu")).toEqual({ changed: 0 });
    await patchSession(live.test.db, live.world.member, { id, state: "open" });
  });
});
