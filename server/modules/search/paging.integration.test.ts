import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonValue } from "@/contracts/common";
import type { SortKey } from "@/contracts/query";
import type { RecordRow } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import { completeEnv } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { searchRecords } from ".";
import { randomSort } from "./testing/random-sort";
import { randomWorld } from "./testing/random-world";
import { storeWorld } from "./testing/store-world";
import type { World } from "./testing/world";

let test: TestDatabase;
let actor: ProjectActor;
let world: World;
beforeAll(async () => {
  completeEnv({ authSecret: "a secret for tests that is long enough" });
  test = await createTestDatabase();
  actor = (await createTestProject(test.db)).administrator;
  world = randomWorld({ seed: 7, projectId: actor.projectId, userIds: [newId(), newId()] });
  await storeWorld(test.db, world, actor.userId);
});
afterAll(() => test.drop());

type PageInput = Partial<Parameters<typeof searchRecords>[2]>;
const page = (input: PageInput) =>
  searchRecords(test.db, actor, { limit: 50, include: [], total: "fast", ...input });

async function allPages(
  input: PageInput,
  between: (page: number) => Promise<unknown> = async () => undefined,
) {
  const found: RecordRow[] = [];
  for (let cursor: string | undefined, count = 0; ; count++) {
    const { items, nextCursor } = await page({ ...input, cursor });
    found.push(...items);
    if (nextCursor === null) return found;
    cursor = nextCursor;
    await between(count);
  }
}

/** The same records, read from the end to the start. */
async function allPagesBackward(
  input: PageInput,
  between: (page: number) => Promise<unknown> = async () => undefined,
) {
  const found: RecordRow[] = [];
  let { items, prevCursor, nextCursor } = await page({ ...input, at: "end" });
  expect(nextCursor).toBeNull();
  for (let count = 0; ; count++) {
    found.unshift(...items);
    if (prevCursor === null) return found;
    await between(count);
    const cursor = prevCursor;
    ({ items, prevCursor, nextCursor } = await page({ ...input, cursor, direction: "backward", at: "end" }));
  }
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => (isAppError(error) ? error.code : error),
  );

describe("paging", () => {
  it("joins its pages to exactly the one long page, in any order", async () => {
    await fc.assert(
      fc.asyncProperty(randomSort(world), fc.integer({ min: 3, max: 13 }), async (sort, limit) => {
        const whole = await page({ sort, limit: 1000, include: ["metadata"] });
        const pages = await allPages({ sort, limit, include: ["metadata"] });
        expect(pages).toEqual(whole.items);
        expect(await allPagesBackward({ sort, limit, include: ["metadata"] })).toEqual(whole.items);
        expect(whole.total).toBe(pages.length);
        expect(new Set(pages.map(({ id }) => id)).size).toBe(
          world.records.filter(({ deleted }) => !deleted).length,
        );
      }),
      { numRuns: 40 },
    );
  });

  it("puts absent values last in both directions and equal ones in the order of import", async () => {
    const prices = async (order: SortKey["order"]) =>
      (await page({ sort: [{ by: "metadata.price", order }], limit: 1000, include: ["metadata"] })).items;
    for (const order of ["asc", "desc"] as const) {
      const items = await prices(order);
      const absent = items.map(({ metadata }) => metadata?.price ?? null).map((value) => value === null);
      expect(absent).toEqual([...absent].sort());
      const numbers = items.flatMap(({ metadata, position }) =>
        typeof metadata?.price === "number" ? [{ price: metadata.price, position }] : [],
      );
      const direction = order === "asc" ? 1 : -1;
      expect(numbers.length).toBeGreaterThan(1);
      expect(numbers).toEqual(
        [...numbers].sort((a, b) => direction * (a.price - b.price) || a.position - b.position),
      );
    }
  });

  it("orders by the confidence of one annotator's label, unlabelled records last", async () => {
    const [annotator = ""] = world.jobIds;
    const sort: SortKey[] = [{ by: "conf", label: "sentiment", annotator, order: "asc" }];
    const { items } = await page({ sort, limit: 1000 });
    const confOf = (id: string) =>
      world.annotations.find(
        (one) => one.recordId === id && one.annotatorId === annotator && one.label === "sentiment",
      )?.conf ?? null;
    const positionOf = new Map(items.map(({ id, position }) => [id, position]));
    const expected = [...items.map(({ id }) => id)].sort(
      (a, b) => (confOf(a) ?? 2) - (confOf(b) ?? 2) || (positionOf.get(a) ?? 0) - (positionOf.get(b) ?? 0),
    );
    expect(items.map(({ id }) => id)).toEqual(expected);
    expect(items.filter(({ id }) => confOf(id) !== null).length).toBeGreaterThan(3);
  });

  it("turns round on any page: what comes before a page is the page before", async () => {
    await fc.assert(
      fc.asyncProperty(randomSort(world), fc.integer({ min: 2, max: 9 }), async (sort, limit) => {
        const first = await page({ sort, limit });
        const second = await page({ sort, limit, cursor: first.nextCursor ?? undefined });
        const third = await page({ sort, limit, cursor: second.nextCursor ?? undefined });
        const back = await page({
          sort,
          limit,
          cursor: third.prevCursor ?? undefined,
          direction: "backward",
        });
        expect(back.items).toEqual(second.items);
        expect(back).toMatchObject({ prevCursor: second.prevCursor, nextCursor: second.nextCursor });
        expect(first.prevCursor).toBeNull();
      }),
      { numRuns: 10 },
    );
  });

  it("passes over records from either end, and goes on from there both ways", async () => {
    const sort: SortKey[] = [{ by: "metadata.price", order: "desc" }];
    const whole = await page({ sort, limit: 1000 });
    const middle = await page({ sort, limit: 4, skip: 7 });
    expect(middle.items).toEqual(whole.items.slice(7, 11));
    const before = await page({
      sort,
      limit: 4,
      cursor: middle.prevCursor ?? undefined,
      direction: "backward",
    });
    expect(before.items).toEqual(whole.items.slice(3, 7));
    const after = await page({ sort, limit: 4, cursor: middle.nextCursor ?? undefined });
    expect(after.items).toEqual(whole.items.slice(11, 15));
    const nearEnd = await page({ sort, limit: 4, at: "end", skip: 5 });
    expect(nearEnd.items).toEqual(whole.items.slice(-9, -5));
    expect((await page({ sort, limit: 4, cursor: nearEnd.nextCursor ?? undefined })).items).toEqual(
      whole.items.slice(-5, -1),
    );
    expect((await page({ sort, limit: 4, skip: whole.items.length })).items).toEqual([]);
  });

  it.each(["forward", "backward"] as const)(
    "repeats and drops no record that stayed as it was, while others are imported, changed and deleted (%s)",
    async (direction) => {
      const sort: SortKey[] = [{ by: "metadata.price", order: "desc" }];
      const before = await allPages({ sort, limit: 1000 });
      // Of the end that is read first, so that pages read already change and pages to come do.
      const victims = direction === "forward" ? before.slice(0, 6) : before.slice(-6);
      const stable = before.filter((record) => !victims.includes(record));
      const read = direction === "forward" ? allPages : allPagesBackward;
      const found = await read({ sort, limit: 3 }, async (count) => {
        const base = { projectId: actor.projectId, content: "new", metadata: { price: count } };
        const name = `${direction} ${count}`;
        await test.db.record.create({
          data: {
            ...base,
            id: newId(),
            externalId: name,
            position: (direction === "forward" ? 1000 : 2000) + count,
          },
        });
        const victim = victims[count];
        if (!victim) return;
        const data = count % 2 === 0 ? { deletedAt: new Date() } : { metadata: { price: -50 - count } };
        await test.db.record.update({ where: { id: victim.id }, data });
      });
      const ids = found.map(({ id }) => id);
      const kept = new Set(stable.map(({ id }) => id));
      expect(ids.filter((id) => kept.has(id))).toEqual(stable.map(({ id }) => id));
      const imported = found.filter(({ content }) => content === "new").map(({ id }) => id);
      expect(imported.length).toBeGreaterThan(0);
      expect(new Set(imported).size).toBe(imported.length);
    },
  );

  it("refuses a cursor of another query, order, or maker, but not of another page size", async () => {
    const { nextCursor } = await page({ limit: 2, query: { keyword: "o" } });
    const cursor = nextCursor ?? "";
    expect(cursor).not.toBe("");
    expect(await refusal(page({ cursor, limit: 5, query: { keyword: "o" } }))).toBe("none");
    expect(await refusal(page({ cursor }))).toBe("invalid_cursor");
    expect(
      await refusal(page({ cursor, query: { keyword: "o" }, sort: [{ by: "externalId", order: "asc" }] })),
    ).toBe("invalid_cursor");
    expect(await refusal(page({ cursor: `${cursor}x`, query: { keyword: "o" } }))).toBe("invalid_cursor");
    expect(await refusal(page({ cursor: "", query: { keyword: "o" } }))).toBe("invalid_cursor");
  });
});

describe("a search for words", () => {
  const query: Record<string, JsonValue> = {
    and: [{ fullText: "good or ärger" }, { not: { fullText: "absent" } }],
  };
  /** The order by PostgreSQL's own rank, asked for apart. */
  async function ranked(direction: "asc" | "desc") {
    const rows = await test.pool.query<{ id: string }>(
      `select "id" from (select "id", "position", ts_rank(to_tsvector('simple', "content"), $2::tsquery, 1) as rank,
          to_tsvector('simple', "content") @@ $2::tsquery as found
        from "Record" where "projectId" = $1 and "deletedAt" is null) r
       where found order by rank ${direction}, "position"`,
      [actor.projectId, "good | ärger"],
    );
    return rows.rows.map(({ id }) => id);
  }

  it("gives the best first, on pages either way, and otherwise only when it is told so", async () => {
    const best = await ranked("desc");
    expect(best.length).toBeGreaterThan(8);
    const idsOf = (items: RecordRow[]) => items.map(({ id }) => id);
    expect(idsOf(await allPages({ query, limit: 3 }))).toEqual(best);
    expect(idsOf(await allPagesBackward({ query, limit: 3 }))).toEqual(best);
    const sorted = (sort: SortKey[]) => page({ query, sort, limit: 1000 }).then(({ items }) => idsOf(items));
    expect(await sorted([{ by: "rank", order: "asc" }])).toEqual(await ranked("asc"));
    const byPosition = await sorted([{ by: "position", order: "asc" }]);
    expect(byPosition).not.toEqual(best);
    expect([...byPosition].sort()).toEqual([...best].sort());
    const inside: Record<string, JsonValue> = { or: [query, { keyword: "no such text" }] };
    expect(idsOf((await page({ query: inside, limit: 1000 })).items)).toEqual(byPosition);
  });

  it("can't rank what asks for no words, and has no words to ask for in signs", async () => {
    const sort: SortKey[] = [{ by: "rank", order: "desc" }];
    expect(await refusal(page({ sort }))).toBe("invalid_query");
    expect(await refusal(page({ sort, query: { not: { fullText: "good" } } }))).toBe("invalid_query");
    expect(await refusal(page({ query: { fullText: "%" } }))).toBe("invalid_query");
  });
});

describe("what stands beside a record", () => {
  it("is nothing unless asked for, and then everybody's labels and current verdicts", async () => {
    const [bare] = (await page({ limit: 1 })).items;
    expect(Object.keys(bare ?? {}).sort()).toEqual(["content", "createdAt", "externalId", "id", "position"]);
    const { items } = await page({ limit: 1000, include: ["annotations", "verifications", "metadata"] });
    for (const { id, annotations = [], verifications = [] } of items) {
      const expected = world.annotations.filter(({ recordId }) => recordId === id);
      expect(annotations.map((annotation) => annotation.id).sort()).toEqual(expected.map((a) => a.id).sort());
      for (const annotation of annotations) {
        const source = expected.find((one) => one.id === annotation.id);
        expect(annotation).toMatchObject({ conf: source?.conf, value: source?.value });
        expect(annotation.metadata.conf ?? null).toBe(source?.conf ?? null);
        expect(annotation.start).toBe(source && source.start >= 0 ? source.start : undefined);
      }
      const current = world.verdicts.filter((v) => v.recordId === id && v.current && v.status !== null);
      expect(verifications.length).toBe(current.length);
    }
  });
});

describe("a page of many records", () => {
  it("asks for what stands beside them as often as a page of two", async () => {
    const include: PageInput["include"] = ["annotations", "verifications", "metadata"];
    let taken = 0;
    const count = () => {
      taken++;
    };
    test.pool.on("acquire", count);
    await page({ limit: 2, include });
    const few = taken;
    const { items } = await page({ limit: 1000, include });
    test.pool.off("acquire", count);
    expect(items.length).toBeGreaterThan(20);
    expect(few).toBeGreaterThan(0);
    expect(taken - few).toBe(few);
  });
});

describe("a tree that grows by the live subsets in it", () => {
  it("is refused before it is compiled", async () => {
    let inner = { subset: [...world.subsets.keys()][0] ?? "" };
    for (let level = 0; level < 3; level++) {
      const id = newId();
      await test.db.subset.create({
        data: {
          id,
          projectId: actor.projectId,
          name: `Level ${level}`,
          kind: "live",
          query: { or: Array.from({ length: 50 }, () => inner) },
          createdById: actor.userId,
        },
      });
      inner = { subset: id };
    }
    expect(await refusal(page({ query: inner }))).toBe("invalid_query");
  });

  it("names the path of a subset that is not there", async () => {
    const missing: JsonValue = { not: { subset: newId() } };
    const error: unknown = await page({ query: { and: [{ keyword: "a" }, missing] } }).catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: "invalid_query", errors: [{ path: "query.and.1.not.subset" }] });
  });
});
