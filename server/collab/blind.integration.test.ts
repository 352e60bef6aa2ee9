import { describe, expect, it } from "vitest";
import { listSessionItems, writeVerifications } from "@/server/modules/verification";
import { waitFor } from "@/server/testing/wait-for";
import { startLiveTest } from "./testing/live-test";
import { annotationIdsOf, createLiveWorld, openSession } from "./testing/live-world";

/** Every job value is `pos`. */
const live = startLiveTest({
  async createWorld(db) {
    const world = await createLiveWorld(db, { items: 30 });
    const session = await openSession(world, world.jobId, { blindShare: 1 });
    return { ...world, session, annotationIds: await annotationIdsOf(db, session.id) };
  },
});

describe("a blind label in a live room", () => {
  it("never has in the document whether the job was right, whoever decides and however", async () => {
    const [here, there] = live.nodes;
    const ann = await live.join({ name: "Ann", node: here });
    const bo = await live.join({ name: "Bo", node: there });
    const [right, wrong, doubted, byRest] = [live.nextKey(), live.nextKey(), live.nextKey(), live.nextKey()];
    ann.decide(right, ["pos"]);
    ann.decide(wrong, ["neg"]);
    ann.decide(doubted, [], { status: "UNSURE" });
    await writeVerifications(live.test.db, ann.member, { items: [{ annotationId: byRest, value: ["pos"] }] });
    await waitFor("all of it at Bo's", () => [right, wrong, doubted, byRest].every((key) => bo.get(key)));
    for (const one of [ann, bo])
      for (const word of ["CONFIRMS", "CORRECTS"]) expect(one.received()).not.toContain(word);
    expect(bo.get(right)).toEqual({ value: ["pos"], by: ann.userId, at: ann.get(right)?.at });
    expect(bo.get(doubted)?.status).toBe("UNSURE");
    const rows = await live.test.db.verification.findMany({
      where: { annotationId: { in: [right, wrong, doubted, byRest] } },
    });
    const statusOf = new Map(rows.map((row) => [row.annotationId, [row.status, row.blind]]));
    expect([right, wrong, doubted, byRest].map((key) => statusOf.get(key))).toEqual([
      ["CONFIRMS", true],
      ["CORRECTS", true],
      ["UNSURE", true],
      ["CONFIRMS", true],
    ]);
  });

  it("takes no status with a decision, right or wrong alike", async () => {
    const ann = await live.join({ name: "Ann" });
    for (const [value, status] of [
      ["pos", "CONFIRMS"],
      ["pos", "CORRECTS"],
      ["neg", "CONFIRMS"],
      ["neg", "CORRECTS"],
    ] as const) {
      const key = live.nextKey();
      ann.decide(key, [value], { status });
      await waitFor("the refusal", () => ann.refusals.some(({ keys }) => keys.includes(key)));
      expect(ann.refusals.at(-1)).toMatchObject({
        code: "wrong_status",
        keys: [key],
        current: { [key]: null },
      });
      await waitFor("its value to be taken back", () => ann.get(key) === undefined);
      expect(await live.test.db.verification.count({ where: { annotationId: key } })).toBe(0);
    }
    expect(new Set(ann.refusals.map(({ message }) => message)).size).toBe(1);
  });

  it("is not told by sending again, with a status, what somebody else decided", async () => {
    const [ann, bo] = [await live.join({ name: "Ann" }), await live.join({ name: "Bo" })];
    for (const value of ["pos", "neg"])
      for (const status of ["CONFIRMS", "CORRECTS"] as const) {
        const key = live.nextKey();
        const said = ann.decide(key, [value]);
        await waitFor("Ann's at Bo's", () => bo.get(key));
        bo.decide(key, [value], { ...said, status });
        await bo.saved();
        expect(bo.refusals.at(-1)).toMatchObject({ keys: [key], code: "wrong_status" });
      }
  });

  it("keeps only the first verdict of a person as blind, and one row of what is said again", async () => {
    const ann = await live.join({ name: "Ann" });
    const bo = await live.join({ name: "Bo" });
    const key = live.nextKey();
    for (const [who, value] of [
      [ann, "neg"],
      [ann, "neg"],
      [ann, "pos"],
      [bo, "neu"],
    ] as const) {
      who.decide(key, [value]);
      await who.saved();
      await waitFor("it at the other's", () => [ann, bo].every((one) => one.get(key)?.value[0] === value));
    }
    const rows = await live.test.db.verification.findMany({
      where: { annotationId: key },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    expect(rows.map((row) => [row.verifierId, row.status, row.blind, row.current])).toEqual([
      [ann.userId, "CORRECTS", true, false],
      [ann.userId, "CONFIRMS", false, false],
      [bo.userId, "CORRECTS", true, true],
    ]);
  });

  it("is set again by who overruled it, without saying whether it was right", async () => {
    const ann = await live.join({ name: "Ann" });
    const bo = await live.join({ name: "Bo" });
    const key = live.nextKey();
    ann.decide(key, ["neg"]);
    const first = await waitFor("Ann's at Bo's", () => bo.get(key));
    bo.decide(key, ["pos"]);
    await bo.saved();
    const { by: _, ...said } = first;
    bo.decide(key, said.value, { ...said, by: ann.userId, restoredBy: bo.userId });
    await waitFor("Ann's again", () => ann.get(key)?.restoredBy === bo.userId);
    expect(bo.refusals).toEqual([]);
    const current = await live.test.db.verification.findFirst({
      where: { annotationId: key, current: true },
    });
    expect(current).toMatchObject({ verifierId: ann.userId, status: "CORRECTS", restoredById: bo.userId });
  });

  it("is shown to a page as decided before the agent's label is known, and with it after", async () => {
    const page = await live.browse({ name: "Page" });
    await page.saved();
    const key = live.nextKey();
    page.now().decide([{ annotationId: key, value: ["pos"] }]);
    await page.saved();
    expect(page.now().verdictOf(key)).toMatchObject({ value: ["pos"], unsaved: false });
    expect(page.now().verdictOf(key)).not.toHaveProperty("status");
    // The same again is nothing new, and it is taken back like any other.
    expect(page.now().decide([{ annotationId: key, value: ["pos"] }])).toEqual({ changed: 0 });
    expect(page.now().undo()).toMatchObject({ kind: "done", keys: [key] });
    await page.saved();
    expect(page.now().verdictOf(key)?.status).toBeNull();
    const { items } = await listSessionItems(
      live.test.db,
      { ...live.world.member, userId: page.userId, role: "reviewer" },
      { id: live.world.session.id, limit: 100, sort: "position" },
    );
    expect(items.find(({ annotationId }) => annotationId === key)?.value).toEqual(["pos"]);
    expect(items.filter(({ value }) => value !== undefined)).toHaveLength(1);
  });
});
