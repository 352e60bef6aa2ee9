import { describe, expect, it } from "vitest";
import { listVerifications, writeVerifications } from "@/server/modules/verification";
import { waitFor } from "@/server/testing/wait-for";
import { startLiveTest } from "./testing/live-test";

const live = startLiveTest();

const rowsOf = (annotationId: string) =>
  live.test.db.verification.findMany({
    where: { projectId: live.world.project.id, annotationId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { status: true, reason: true, activeMs: true, together: true, current: true },
  });
const rows = (key: string, count: number) =>
  waitFor(`${count} rows`, async () => {
    const found = await rowsOf(key);
    return found.length >= count ? found : undefined;
  });

describe("by socket", () => {
  it("the time that somebody worked and why they can't tell are kept", async () => {
    const ada = await live.join();
    const key = live.nextKey();
    ada.decide(key, [], { status: "UNSURE", ms: 4200 });
    expect(await rows(key, 1)).toEqual([
      { status: "UNSURE", reason: null, activeMs: 4200, together: false, current: true },
    ]);
    ada.decide(key, [], { status: "UNSURE", reason: "Two languages at once" });
    expect(await rows(key, 2)).toMatchObject([
      { current: false },
      { reason: "Two languages at once", activeMs: null, current: true },
    ]);
  });

  it("a reason with a choice, and a time that can't be, are refused", async () => {
    const ada = await live.join();
    const [one, two] = [live.nextKey(), live.nextKey()];
    ada.decide(one, ["neg"], { reason: "because" });
    ada.decide(two, ["neg"], { ms: -1 });
    const refusals = await waitFor("two refusals", () =>
      ada.refusals.length >= 2 ? ada.refusals : undefined,
    );
    expect(refusals.map(({ code }) => code).sort()).toEqual(["invalid", "wrong_status"]);
    expect(await rowsOf(one)).toEqual([]);
    expect(await rowsOf(two)).toEqual([]);
  });
});

describe("what was decided together with others", () => {
  it("is told apart in the rows until somebody looks at it by itself, which nothing takes back", async () => {
    const ada = await live.join();
    const key = live.nextKey();
    ada.decide(key, ["pos"], { together: true });
    expect(await rows(key, 1)).toMatchObject([{ status: "CONFIRMS", together: true }]);
    ada.decide(key, ["pos"]);
    expect(await rows(key, 2)).toMatchObject([{ current: false }, { together: false, current: true }]);
    ada.decide(key, ["pos"], { together: true });
    ada.decide(key, ["neg"]);
    expect(await rows(key, 3)).toMatchObject([{}, {}, { status: "CORRECTS", together: false }]);
  });

  it("counts as such by REST too", async () => {
    const reviewer = await live.addMember("reviewer", "Di");
    const key = live.nextKey();
    const said = { annotationId: key, value: ["pos"] };
    const write = (item: object) =>
      writeVerifications(live.test.db, reviewer, { items: [{ ...said, ...item }] });
    await write({ together: true });
    await write({});
    await write({ together: true });
    expect(await rowsOf(key)).toMatchObject([{ together: true }, { together: false, current: true }]);
  });
});

describe("by REST", () => {
  it("the same are kept, shown to whoever runs sessions and to oneself, and the reason reaches the room", async () => {
    const { test, world } = live;
    const annotator = await live.addMember("annotator", "Bo");
    const reviewer = await live.addMember("reviewer", "Cy");
    const key = live.nextKey();
    await test.db.sessionMember.createMany({
      data: [{ projectId: world.project.id, sessionId: world.session.id, userId: annotator.userId }],
    });
    const unsure = { annotationId: key, value: [], status: "UNSURE" as const, reason: "No idea", ms: 900 };
    await writeVerifications(test.db, reviewer, { items: [unsure] });
    const seenBy = async (who: typeof annotator) =>
      (await listVerifications(test.db, who, { limit: 50 })).items.find((one) => one.annotationId === key);
    expect(await seenBy(reviewer)).toMatchObject({ reason: "No idea", ms: 900 });
    expect(await seenBy(annotator)).toMatchObject({ reason: "No idea", ms: null });
    const reader = await live.join({ name: "Reader" });
    await waitFor("the room to know", () => (reader.get(key) ? true : undefined));
    expect(reader.get(key)).toMatchObject({ status: "UNSURE", reason: "No idea" });

    const { items } = await writeVerifications(test.db, reviewer, {
      items: [unsure, { ...unsure, reason: "Still none" }, { ...unsure, status: "CONFIRMS", value: ["pos"] }],
    });
    expect(items[2]).toMatchObject({ error: { code: "wrong_status" } });
    expect(await rowsOf(key)).toMatchObject([{ reason: "No idea" }, { reason: "Still none" }]);
  });
});
