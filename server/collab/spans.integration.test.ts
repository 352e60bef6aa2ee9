import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { decision, type SpanMark, spanMark } from "@/contracts/live";
import { writeAnnotationsInput } from "@/contracts/records";
import { writeAnnotations } from "@/server/modules/annotations";
import { patchSession, withLiveSpans, writeVerifications } from "@/server/modules/verification";
import { LENGTH, OSLO, ROME } from "@/server/testing/span-project";
import { waitFor } from "@/server/testing/wait-for";
import { type Joined, startLiveTest } from "./testing/live-test";
import { createSpanWorld, openSpanSession, type SpanWorld } from "./testing/span-world";

const label = writeAnnotationsInput.shape.items.element.shape.labels.element;
const made: { world?: SpanWorld } = {};
const live = startLiveTest({
  async createWorld(db) {
    made.world = await createSpanWorld(db, { records: 40, empty: 10 });
    return made.world;
  },
});
let used = 0;
/** A record that no test has used yet. */
const nextRecord = (): string => {
  const found = made.world?.recordIds[used++];
  if (!found) throw new Error("no record is left");
  return found;
};

const newSpan = (who: Joined, recordId: string, more: Partial<SpanMark> = {}): SpanMark => ({
  recordId,
  label: "places",
  value: ["city"],
  ...OSLO,
  by: who.userId,
  at: new Date().toISOString(),
  ...more,
});
const put = (who: Joined, key: string, mark: unknown) => void who.doc.getMap("spans").set(key, mark);
const markAt = (who: Joined, key: string) => spanMark.safeParse(who.doc.getMap("spans").get(key)).data;
function mark(
  who: Joined,
  recordId: string,
  more: Partial<SpanMark> = {},
  key: string = crypto.randomUUID(),
) {
  const span = newSpan(who, recordId, more);
  put(who, key, span);
  return { key, span };
}
const rowOf = (id: string) => live.test.db.annotation.findUnique({ where: { id } });
const eventsOf = async (annotationId: string) =>
  (
    await live.test.db.annotationEvent.findMany({
      where: { annotationId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    })
  ).map(({ value, start, end, cleared }) => ({ value, start, end, cleared }));

describe("a span that the job missed", () => {
  it("is its author's label when the author is told that it is saved, and reaches the peer", async () => {
    const [ada, bo] = [
      await live.join({ name: "Ada" }),
      await live.join({ name: "Bo", node: live.nodes[1] }),
    ];
    const recordId = nextRecord();
    const { key, span } = mark(ada, recordId);
    await ada.saved();
    expect(await rowOf(key)).toMatchObject({
      recordId,
      annotatorId: ada.userId,
      labelName: "places",
      level: "span",
      value: ["city"],
      ...OSLO,
      schemaVersion: 1,
    });
    expect(await eventsOf(key)).toEqual([{ value: ["city"], ...OSLO, cleared: false }]);
    await waitFor("the peer", () => markAt(bo, key) !== undefined);
    expect(markAt(bo, key)).toEqual(span);
    expect(ada.refusals).toEqual([]);
  });

  it("is changed under its key and taken away by an empty value, with its history; and can come back", async () => {
    const ada = await live.join();
    const recordId = nextRecord();
    const { key } = mark(ada, recordId);
    await ada.saved();
    const first = await rowOf(key);
    mark(ada, recordId, { ...ROME, value: ["land"] }, key);
    await ada.saved();
    expect(await rowOf(key)).toMatchObject({ ...ROME, value: ["land"], createdAt: first?.createdAt });
    mark(ada, recordId, { ...ROME, value: [] }, key);
    await ada.saved();
    expect(await rowOf(key)).toBeNull();
    mark(ada, recordId, {}, key);
    await ada.saved();
    expect(await rowOf(key)).toMatchObject({ ...OSLO, value: ["city"] });
    expect(await eventsOf(key)).toEqual([
      { value: ["city"], ...OSLO, cleared: false },
      { value: ["land"], ...ROME, cleared: false },
      { value: [], ...ROME, cleared: true },
      { value: ["city"], ...OSLO, cleared: false },
    ]);
  });

  it("may overlap others, and take a place that is left at the same stroke", async () => {
    const ada = await live.join();
    const recordId = nextRecord();
    const [one, two] = [
      mark(ada, recordId, { start: 2, end: 9 }),
      mark(ada, recordId, { start: 4, end: 17 }),
    ];
    await ada.saved();
    // The second takes the place that the first leaves, and comes first.
    ada.doc.transact(() => {
      mark(ada, recordId, { start: 2, end: 9 }, two.key);
      mark(ada, recordId, { start: 0, end: 1 }, one.key);
    });
    await ada.saved();
    expect(ada.refusals).toEqual([]);
    expect(await rowOf(one.key)).toMatchObject({ start: 0, end: 1 });
    expect(await rowOf(two.key)).toMatchObject({ start: 2, end: 9 });
  });

  it("sent again, or taken away before it was there, leaves no row and no history", async () => {
    const ada = await live.join();
    const recordId = nextRecord();
    const { key, span } = mark(ada, recordId);
    await ada.saved();
    put(ada, key, span);
    const gone = mark(ada, recordId, { ...ROME, value: [] });
    await ada.saved();
    expect(ada.refusals).toEqual([]);
    expect(await eventsOf(key)).toHaveLength(1);
    expect(await rowOf(gone.key)).toBeNull();
    expect(await eventsOf(gone.key)).toEqual([]);
  });
});

describe("a span that can't stand", () => {
  it.each([
    ["an unknown option", { value: ["sea"] }, "invalid_value"],
    ["two options", { value: ["city", "land"] }, "invalid_value"],
    ["a border behind the text", { start: 3, end: LENGTH + 1 }, "invalid_value"],
    ["a border before the text", { start: -1, end: 3 }, "invalid_value"],
    ["nothing between its borders", { start: 3, end: 3 }, "invalid_value"],
    ["half a character", { start: 2.5, end: 6 }, "invalid"],
    ["another label", { label: "other" }, "invalid"],
    ["a record that is not here", { recordId: "018f0000-0000-7000-8000-00000000000a" }, "unknown_item"],
    ["somebody else's name", { by: "018f0000-0000-7000-8000-00000000000a" }, "forged_author"],
    ["a date that no database holds", { at: "0000-01-01T00:00:00.000Z" }, "invalid"],
    ["more than it should say", { extra: true }, "invalid"],
  ] as const)("with %s is set back, and its author is told", async (_, more, code) => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const recordId = nextRecord();
    const key = crypto.randomUUID();
    put(ada, key, { ...newSpan(ada, recordId), ...more });
    const good = mark(ada, recordId, ROME);
    await ada.saved();
    expect(ada.refusals).toMatchObject([{ map: "spans", keys: [key], code, current: { [key]: null } }]);
    await waitFor("the good one", () => markAt(bo, good.key) !== undefined);
    for (const one of [ada, bo]) expect(one.doc.getMap("spans").has(key)).toBe(false);
    expect(await rowOf(key)).toBeNull();
    expect(await rowOf(good.key)).not.toBeNull();
  });

  it("under another's key, a job's, or none that is a UUID, changes nothing of theirs", async () => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const recordId = nextRecord();
    const { key } = mark(ada, recordId);
    await ada.saved();
    await waitFor("Ada's at Bo's", () => markAt(bo, key) !== undefined);
    mark(bo, recordId, ROME, key);
    mark(bo, recordId, ROME, made.world?.annotationIds[0]);
    mark(bo, recordId, ROME, "not-a-uuid");
    await bo.saved();
    expect(bo.refusals.flatMap(({ keys, code }) => keys.map((one) => [one, code]))).toEqual([
      [key, "forbidden"],
      [made.world?.annotationIds[0], "invalid"],
      ["not-a-uuid", "invalid"],
    ]);
    expect(markAt(bo, key)?.by).toBe(ada.userId);
    expect(await rowOf(key)).toMatchObject({ annotatorId: ada.userId, ...OSLO });
  });

  it("where its author marked the same already, in this session or another, is a duplicate", async () => {
    const ada = await live.join();
    const recordId = nextRecord();
    mark(ada, recordId);
    await ada.saved();
    mark(ada, recordId, { value: ["land"] });
    await ada.saved();
    expect(ada.refusals).toMatchObject([{ code: "duplicate" }]);
    const other = await openSpanSession(live.world, live.world.jobId);
    const there = await live.join({ member: ada.member, room: other.room });
    mark(there, recordId);
    const fine = mark(there, recordId, ROME);
    await there.saved();
    expect(there.refusals).toMatchObject([{ code: "duplicate" }]);
    expect(await rowOf(fine.key)).toMatchObject(ROME);
    const bo = await live.join({ name: "Bo" });
    const { key } = mark(bo, recordId);
    await bo.saved();
    expect(bo.refusals).toEqual([]);
    expect(await rowOf(key)).toMatchObject({ annotatorId: bo.userId });
  });

  it("changed elsewhere meanwhile is overtaken, and its author is told what stands", async () => {
    const ada = await live.join();
    const recordId = nextRecord();
    const { key, span } = mark(ada, recordId);
    await ada.saved();
    mark(ada, recordId, { ...ROME, base: { by: ada.userId, at: "2026-01-01T00:00:00.000Z" } }, key);
    await ada.saved();
    expect(ada.refusals).toMatchObject([{ code: "overtaken", current: { [key]: span } }]);
    expect(await rowOf(key)).toMatchObject(OSLO);
    mark(ada, recordId, { ...ROME, base: { by: ada.userId, at: span.at } }, key);
    await ada.saved();
    expect(await rowOf(key)).toMatchObject(ROME);
  });

  it("of who only looks on, or in a closed session, is refused", async () => {
    const recordId = nextRecord();
    const viewer = await live.join({ role: "viewer" });
    mark(viewer, recordId);
    await viewer.saved();
    expect(viewer.refusals).toMatchObject([{ code: "forbidden" }]);
    expect(await live.test.db.annotator.count({ where: { id: viewer.userId } })).toBe(0);
    const { id, room } = await openSpanSession(live.world, live.world.jobId);
    const ada = await live.join({ room });
    await patchSession(live.test.db, live.world.member, { id, state: "closed" });
    mark(ada, recordId);
    await ada.saved();
    expect(ada.refusals).toMatchObject([{ code: "closed" }]);
  });
});

describe("one's own spans, written by REST", () => {
  const write = (who: Joined, recordId: string, labels: z.input<typeof label>[]) =>
    withLiveSpans(live.test.db, who.member, [{ recordId, label: "places" }], (tx) =>
      writeAnnotations(tx, who.member, {
        items: [{ recordId, labels: labels.map((one) => label.parse(one)) }],
      }),
    );

  it("show in the room, and go from it, whoever marked them where", async () => {
    const [ada, bo] = [
      await live.join({ name: "Ada" }),
      await live.join({ name: "Bo", node: live.nodes[1] }),
    ];
    const recordId = nextRecord();
    const { key } = mark(ada, recordId);
    await ada.saved();
    await write(ada, recordId, [
      { name: "places", value: ["land"], ...OSLO },
      { name: "places", value: ["time"], start: 18, end: 26 },
    ]);
    const spansAt = (who: Joined) =>
      [...who.doc.getMap("spans").entries()].flatMap(([at, value]) => {
        const { data } = spanMark.safeParse(value);
        return data?.recordId === recordId ? [[at === key, data.value, data.start]] : [];
      });
    const both = [
      [true, ["land"], OSLO.start],
      [false, ["time"], 18],
    ];
    for (const one of [ada, bo])
      await waitFor("the spans", () => JSON.stringify(spansAt(one)) === JSON.stringify(both));
    await write(ada, recordId, [{ name: "places", value: [] }]);
    for (const one of [ada, bo])
      await waitFor("none", () => spansAt(one).every(([, value]) => JSON.stringify(value) === "[]"));
    expect(spansAt(bo)).toHaveLength(2);
    mark(ada, recordId, {}, key);
    await ada.saved();
    expect(ada.refusals).toEqual([]);
    expect(await rowOf(key)).toMatchObject({ value: ["city"], ...OSLO });
  });

  it("and in the room at the same time never stop it", async () => {
    const [ada, bo] = [await live.join({ name: "Ada" }), await live.join({ name: "Bo" })];
    const recordId = nextRecord();
    await Promise.all([
      ...[OSLO, ROME].map((place) => write(ada, recordId, [{ name: "places", value: ["land"], ...place }])),
      ...[OSLO, ROME, OSLO].map(async (place) => void mark(ada, recordId, place)),
    ]);
    await ada.saved();
    const { key } = mark(bo, recordId);
    await bo.saved();
    expect(await rowOf(key)).not.toBeNull();
    expect([...ada.closed, ...bo.closed]).toEqual([]);
    const rows = await live.test.db.annotation.findMany({ where: { annotatorId: ada.userId, recordId } });
    const stands = () =>
      [...ada.doc.getMap("spans").entries()].flatMap(([id, value]) => {
        const { data } = spanMark.safeParse(value);
        return data?.by === ada.userId && data.recordId === recordId && data.value.length > 0 ? [id] : [];
      });
    await waitFor(
      "rows and room to agree",
      () =>
        stands().sort().join() ===
        rows
          .map(({ id }) => id)
          .sort()
          .join(),
    );
  });
});

describe("a verdict on a job's span, in the room", () => {
  it("gives it other borders, says that it is none, or confirms that there is none", async () => {
    const ada = await live.join();
    const [moved = "", rejected = ""] = made.world?.annotationIds ?? [];
    const empty = made.world?.annotationIds.at(-1) ?? "";
    ada.decide(moved, ["city"], { start: 0, end: 6 });
    ada.decide(rejected, []);
    ada.decide(empty, []);
    await ada.saved();
    expect(ada.refusals).toEqual([]);
    const rows = await live.test.db.verification.findMany({
      where: { verifierId: ada.userId, current: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    expect(rows).toMatchObject([
      { annotationId: moved, status: "CORRECTS", value: ["city"], start: 0, end: 6 },
      { annotationId: rejected, status: "CORRECTS", value: [], start: null, end: null },
      { annotationId: empty, status: "CONFIRMS", value: [], start: null, end: null },
    ]);
    expect(ada.get(moved)).toMatchObject({ status: "CORRECTS", start: 0, end: 6 });
  });

  it("by REST shows in the room, with its borders", async () => {
    const [ada, script] = [await live.join(), await live.addMember("reviewer", "Script")];
    const key = made.world?.annotationIds[3] ?? "";
    const { items } = await writeVerifications(live.test.db, script, {
      items: [
        { annotationId: key, value: ["land"], start: 2, end: 11 },
        { annotationId: key, value: ["land"], start: 2, end: LENGTH + 1 },
      ],
    });
    expect(items).toMatchObject([{ status: "CORRECTS" }, { error: { code: "invalid_value" } }]);
    await waitFor("the verdict", () => ada.get(key) !== undefined);
    expect(decision.parse(ada.get(key))).toMatchObject({
      by: script.userId,
      value: ["land"],
      start: 2,
      end: 11,
    });
  });
});
