import { setImmediate as turn } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { countUnsent } from "@/components/saving/outbox";
import type { SpanChange } from "@/components/verification/live/types";
import { compactRoom } from "@/server/modules/verification";
import { seededRandom } from "@/server/testing/seeded-random";
import { OSLO, ROME } from "@/server/testing/span-project";
import { waitFor } from "@/server/testing/wait-for";
import type { Browser } from "./testing/browser";
import { type LiveProcess, startLiveProcess } from "./testing/live-processes";
import { startLiveTest } from "./testing/live-test";
import { createSpanWorld, type SpanWorld } from "./testing/span-world";

const made: { world?: SpanWorld } = {};
const live = startLiveTest({
  async createWorld(db) {
    made.world = await createSpanWorld(db, { records: 24, empty: 6 });
    return made.world;
  },
});
const children: LiveProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
});

let used = 0;
function nextRecord(): string {
  const found = made.world?.recordIds[used++];
  if (!found) throw new Error("no record is left");
  return found;
}
const city = (recordId: string, more: Partial<SpanChange> = {}): SpanChange => ({
  recordId,
  label: "places",
  value: ["city"],
  ...OSLO,
  ...more,
});
const mark = (page: Browser, change: SpanChange) => page.now().act({ spans: [change] }).spanKeys[0] ?? "";
const placesAt = (page: Browser, recordId: string) =>
  page
    .now()
    .spansOf(recordId)
    .map(({ start, end, value }) => [start, end, ...value]);
const rowsOf = async (recordId: string) =>
  (
    await live.test.db.annotation.findMany({
      where: { recordId, annotator: { kind: "user" } },
      orderBy: [{ start: "asc" }, { end: "asc" }, { id: "asc" }],
    })
  ).map(({ id, annotatorId, start, end, value }) => ({ key: id, by: annotatorId, start, end, value }));

describe("a page in a session on spans", () => {
  it("shows a span at once, says saved when it is durable, and shows it to the peer", async () => {
    const [ada, bo] = [await live.browse({ name: "Ada" }), await live.browse({ name: "Bo" })];
    await Promise.all([ada.saved(), bo.saved()]);
    const recordId = nextRecord();
    const glow = waitFor("the glow at Bo's", () => bo.now().recentByPeers.keys().next().value);
    const key = mark(ada, city(recordId));
    expect(ada.now().spansOf(recordId)).toMatchObject([{ key, ...OSLO, by: ada.userId, unsaved: true }]);
    expect(ada.now().saveState()).toEqual({ kind: "saving", count: 1 });
    await ada.saved();
    expect(ada.now().spansOf(recordId)).toMatchObject([{ key, unsaved: false }]);
    expect(await rowsOf(recordId)).toEqual([{ key, by: ada.userId, value: ["city"], ...OSLO }]);
    expect(await glow).toBe(key);
    expect(placesAt(bo, recordId)).toHaveLength(1);
    // It is Ada's: Bo's page does not even try.
    expect(bo.now().act({ spans: [city(recordId, { key, ...ROME })] })).toEqual({
      changed: 0,
      spanKeys: [null],
    });
  });

  it("undoes and does again: marked, changed, taken away; a decision and its span as one act", async () => {
    const ada = await live.browse();
    await ada.saved();
    const recordId = nextRecord();
    const key = mark(ada, city(recordId));
    mark(ada, city(recordId, { key, ...ROME, value: ["land"] }));
    mark(ada, city(recordId, { key, ...ROME, value: [] }));
    const seen = () => placesAt(ada, recordId);
    const steps: unknown[] = [seen()];
    for (const way of ["undo", "undo", "undo", "redo", "redo", "undo"] as const) {
      ada.now()[way]();
      steps.push(seen());
    }
    const [first, second] = [
      [13, 17, "city"],
      [2, 6, "land"],
    ];
    expect(steps).toEqual([[], [second], [first], [], [first], [second], [first]]);
    const annotationId = made.world?.annotationIds.at(-1) ?? "";
    const done = ada.now().act({
      decisions: [{ annotationId, status: "CORRECTS", value: [] }],
      spans: [city(recordId, { ...ROME })],
    });
    expect(done.changed).toBe(2);
    await ada.saved();
    expect((await rowsOf(recordId)).map(({ start }) => start)).toEqual([2, 13]);
    expect(ada.now().undo()).toMatchObject({ kind: "done" });
    await ada.saved();
    expect(ada.now().verdictOf(annotationId)).toMatchObject({ status: null });
    expect((await rowsOf(recordId)).map(({ start }) => start)).toEqual([13]);
    expect(ada.now().refusals).toEqual([]);
  });

  it("keeps spans while the line is down, and the next page of the same person sends them", async () => {
    const ada = await live.browse();
    await ada.saved();
    const recordId = nextRecord();
    ada.setOnline(false);
    const key = mark(ada, city(recordId));
    mark(ada, city(recordId, { key, start: 0 }));
    mark(ada, city(recordId));
    await waitFor("the truth", () => ada.now().saveState().kind === "offline");
    expect(ada.now().saveState()).toEqual({ kind: "offline", count: 2 });
    ada.close();
    expect(countUnsent(ada.storage, ada.userId)).toBe(2);
    const again = await live.browse({ userId: ada.userId, storage: ada.storage });
    await waitFor("the rows", async () => (await rowsOf(recordId)).length === 2);
    await again.saved();
    expect(countUnsent(ada.storage, ada.userId)).toBe(0);
    expect(placesAt(again, recordId)).toEqual([
      [0, 17, "city"],
      [13, 17, "city"],
    ]);
  });

  it("is told of a span that is refused, and shows what stands", async () => {
    const ada = await live.browse();
    await ada.saved();
    const recordId = nextRecord();
    const first = mark(ada, city(recordId));
    const second = mark(ada, city(recordId, { value: ["land"] }));
    const third = mark(ada, city(recordId, { start: 3, end: 999 }));
    await waitFor("the refusals", () => ada.now().refusals.length === 2);
    await ada.saved();
    expect(ada.now().refusals.map(({ map, code, keys }) => [map, code, keys])).toEqual(
      expect.arrayContaining([
        ["spans", "duplicate", [second]],
        ["spans", "invalid_value", [third]],
      ]),
    );
    expect(ada.now().spansOf(recordId)).toMatchObject([{ key: first, unsaved: false }]);
  });

  it("shows after the server was killed what it called saved, and sends what it did not", {
    timeout: 120_000,
  }, async () => {
    const urls: string[] = [];
    const start = async () => {
      const child = await startLiveProcess({ databaseUrl: live.test.url });
      children.push(child);
      urls.splice(0, 1, child.url);
      return child;
    };
    const child = await start();
    const ada = await live.browse({ urls });
    await ada.saved();
    const recordId = nextRecord();
    const key = mark(ada, city(recordId));
    await waitFor("saved", () => ada.now().spansOf(recordId)[0]?.unsaved === false);
    const ended = child.kill();
    expect((await rowsOf(recordId)).map((row) => row.key)).toEqual([key]);
    await ended;
    mark(ada, city(recordId, { key, ...ROME }));
    mark(ada, city(recordId));
    await start();
    await ada.saved();
    expect(placesAt(ada, recordId)).toEqual([
      [2, 6, "city"],
      [13, 17, "city"],
    ]);
    expect((await rowsOf(recordId)).map(({ start: at }) => at)).toEqual([2, 13]);
  });
});

const OPERATIONS = 1200;

it(`${OPERATIONS} spans and decisions by four people, with drops and compaction: pages, rows and a program agree`, async () => {
  const random = seededRandom(20_261_125);
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  };
  const { annotationIds, recordIds, session } = made.world ?? (await createSpanWorld(live.test.db));
  const records = recordIds.slice(-5);
  const spans = annotationIds.slice(0, 10);
  const pages = await Promise.all(["Ada", "Bo", "Cy", "Di"].map((name) => live.browse({ name, random })));
  await Promise.all(pages.map((page) => page.saved()));
  const place = () => {
    const start = Math.floor(random() * 26);
    return { start, end: start + 1 + Math.floor(random() * (26 - start)) };
  };
  const act = (page: Browser) => {
    const dice = random();
    const recordId = pick(records);
    const own = page
      .now()
      .spansOf(recordId)
      .filter(({ by }) => by === page.userId);
    if (dice < 0.1) return void page.now().undo();
    if (dice < 0.15) return void page.now().redo();
    if (dice < 0.35)
      return void page
        .now()
        .decide([{ annotationId: pick(spans), status: "CORRECTS", value: ["city"], ...place() }]);
    const value = [pick(["city", "land", "time"])];
    if (own.length === 0 || dice < 0.65) return void mark(page, city(recordId, { value, ...place() }));
    const { key } = pick(own);
    mark(page, city(recordId, { key, value: dice < 0.8 ? [] : value, ...place() }));
  };
  for (let n = 0; n < OPERATIONS; n++) {
    const page = pick(pages);
    act(page);
    const dice = random();
    if (dice < 0.01) page.cut();
    else if (dice < 0.015) page.setOnline(false);
    else if (dice < 0.03) page.setOnline(true);
    else if (dice < 0.033) await compactRoom(live.test.db, session.room);
    if (random() < 0.3) await turn();
  }
  for (const page of pages) page.setOnline(true);
  await Promise.all(pages.map((page) => page.saved()));
  const expected = JSON.stringify(await Promise.all(records.map(rowsOf)));
  const pictureAt = (page: Browser) =>
    JSON.stringify(
      records.map((recordId) =>
        page
          .now()
          .spansOf(recordId)
          .map(({ key, by, start, end, value }) => ({ key, by, start, end, value })),
      ),
    );
  await waitFor("all pages to agree", () => pages.every((page) => pictureAt(page) === expected)).catch(
    () => undefined,
  );
  for (const page of pages) expect(pictureAt(page)).toEqual(expected);
  expect(JSON.parse(expected).flat().length).toBeGreaterThan(20);
  const late = await live.browse({ name: "Late" });
  await late.saved();
  expect(pictureAt(late)).toEqual(expected);
  // Two spans of one's own may meet; what was changed again before one knew of that was made on what never stood.
  const ofSpans = pages.flatMap((page) => page.now().refusals.filter(({ map }) => map === "spans"));
  const expectedCodes = ["duplicate", "overtaken"];
  expect(ofSpans.map(({ code }) => code).filter((code) => !expectedCodes.includes(code))).toEqual([]);
}, 120_000);
