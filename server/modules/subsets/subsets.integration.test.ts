import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { searchRecords } from "@/server/modules/search";
import { completeEnv } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { createTestProject } from "@/server/testing/projects";
import {
  assignSubset,
  changeSubsetRecords,
  countOldSubsets,
  createSubset,
  deleteSubset,
  getSubset,
  listAssignments,
  listSubsets,
  previewSubset,
  renameSubset,
  withdrawAssignment,
} from ".";

let test: TestDatabase;
let project: { id: string; slug: string };
let actor: ProjectActor;
let reviewer: ProjectActor;
const ids = Array.from({ length: 20 }, () => newId());
beforeAll(async () => {
  completeEnv({ authSecret: "a secret for tests that is long enough" });
  test = await createTestDatabase();
  ({ project, administrator: actor } = await createTestProject(test.db));
  reviewer = await createMember(test.db, { project, role: "reviewer" });
  await addRecords(ids, 0);
});
afterAll(() => test.drop());

const addRecords = (recordIds: readonly string[], from: number) =>
  test.db.record.createMany({
    data: recordIds.map((id, index) => ({
      id,
      projectId: project.id,
      externalId: `e${from + index}`,
      content: (from + index) % 2 === 0 ? "even" : "odd",
      position: from + index,
    })),
  });

type Input = Parameters<typeof createSubset>[2];
const create = (input: Partial<Input>) =>
  createSubset(test.db, actor, { name: "Subset", kind: "static", ...input });
const recordsOf = async (subset: string, who = actor) => {
  const found = await searchRecords(test.db, who, {
    query: { subset },
    limit: 1000,
    include: [],
    total: "fast",
  });
  return found.items.map(({ externalId }) => Number(externalId.slice(1)));
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => (isAppError(error) ? [error.code, error.errors?.[0]?.path] : String(error)),
  );
const waitingCounts = () => test.db.task.count({ where: { kind: "count-subsets" } });
const upTo = (end: number) => Array.from({ length: end }, (_, index) => index);

describe("a new subset", () => {
  it("freezes what its query finds, or follows it", async () => {
    const query = { keyword: "even" };
    const frozen = await create({ query });
    const live = await create({ query, kind: "live" });
    expect([frozen.count, live.count]).toEqual([10, 10]);
    expect(live).toMatchObject({ kind: "live", query, createdBy: { id: actor.userId } });
    const [added = ""] = [newId()];
    await addRecords([added], 100);
    expect((await recordsOf(frozen.id)).length).toBe(10);
    expect((await recordsOf(live.id)).length).toBe(11);
    await test.db.record.update({ where: { id: added }, data: { deletedAt: new Date() } });
    expect((await getSubset(test.db, actor, live)).count).toBe(10);
  });

  it("holds the last so many in an order", async () => {
    const last = await create({ sort: [{ by: "position", order: "desc" }], limit: 3 });
    expect(await recordsOf(last.id)).toEqual([17, 18, 19]);
  });

  it("holds listed records", async () => {
    const [first = "", second = ""] = ids;
    const listed = await create({ recordIds: [second, first, first.toUpperCase()] });
    expect(await recordsOf(listed.id)).toEqual([0, 1]);
    expect(await codeOf(create({ recordIds: [first, newId()] }))).toEqual(["not_found", "recordIds"]);
  });

  it("is the union, intersection or difference of others", async () => {
    const low = await create({ query: { ids: ids.slice(0, 6) } });
    const high = await create({ query: { ids: ids.slice(4, 9) } });
    const subsets = [low.id, high.id];
    const made = async (op: "union" | "intersection" | "difference", kind: "live" | "static") =>
      recordsOf((await create({ kind, from: { op, subsets } })).id);
    for (const kind of ["live", "static"] as const) {
      expect(await made("union", kind)).toEqual(upTo(9));
      expect(await made("intersection", kind)).toEqual([4, 5]);
      expect(await made("difference", kind)).toEqual([0, 1, 2, 3]);
    }
    const both = await create({ from: { op: "union", subsets }, query: { keyword: "odd" } });
    expect(await recordsOf(both.id)).toEqual([1, 3, 5, 7]);
  });

  it("is the same sample for the same seed, another for another, and knows its shares", async () => {
    const sample = (seed: number, size = 8) => create({ sample: { size, seed }, query: { keyword: "e" } });
    const [one, same, other] = [await sample(1), await sample(1), await sample(2)];
    expect(one.count).toBe(8);
    expect(await recordsOf(same.id)).toEqual(await recordsOf(one.id));
    expect(await recordsOf(other.id)).not.toEqual(await recordsOf(one.id));
    const rows = await test.db.subsetRecord.findMany({ where: { subsetId: one.id } });
    expect(new Set(rows.map(({ inclusion }) => inclusion))).toEqual(new Set([0.8]));
    expect((await sample(1, 500)).count).toBe(10);
  });

  it.each<[string, Partial<Input>, string]>([
    ["listed records beside a query", { recordIds: [newId()], query: { keyword: "a" } }, "recordIds"],
    ["a live list", { kind: "live", recordIds: [newId()] }, "recordIds"],
    ["a live sample", { kind: "live", sample: { size: 1, seed: 1 } }, "sample"],
    ["a live limit", { kind: "live", limit: 1 }, "limit"],
    ["a sample beside a limit", { sample: { size: 1, seed: 1 }, limit: 1 }, "sample"],
    ["a sample of no size", { sample: { seed: 1 } }, "sample"],
    ["a sample of two sizes", { sample: { seed: 1, size: 2, share: 0.5 } }, "sample.share"],
    ["an order without a limit", { sort: [{ by: "position", order: "asc" }] }, "sort"],
  ])("can't be %s", async (_what, input, path) => {
    expect(await codeOf(create(input))).toEqual(["invalid", path]);
  });

  it("can't name a subset of another project, or one that is not there", async () => {
    const stranger = (await createTestProject(test.db)).administrator;
    const foreign = await createSubset(test.db, stranger, { name: "Theirs", kind: "static" });
    expect(await codeOf(create({ query: { subset: foreign.id } }))).toEqual([
      "invalid_query",
      "query.subset",
    ]);
    expect(await codeOf(getSubset(test.db, actor, foreign))).toEqual(["not_found", undefined]);
    expect(await codeOf(deleteSubset(test.db, actor, { id: foreign.id }))).toEqual(["not_found", undefined]);
  });
});

describe("a subset that takes long to count", () => {
  it("keeps its count, and is not looked at for longer than a search may take", async () => {
    const query = { keyword: "even" };
    const live = await create({ query, kind: "live" });
    const reader = await test.pool.connect();
    try {
      await reader.query(`begin; lock table "Record" in access exclusive mode`);
      const [read, previewed, sampled] = await Promise.all([
        getSubset(test.db, actor, { id: live.id }),
        codeOf(previewSubset(test.db, actor, { query })),
        codeOf(previewSubset(test.db, actor, { query, sample: { size: 1, seed: 1 } })),
      ]);
      expect([read.count, Date.parse(read.countedAt) < Date.parse(live.countedAt)]).toEqual([
        live.count,
        true,
      ]);
      expect([previewed, sampled]).toEqual([
        ["query_too_slow", undefined],
        ["query_too_slow", undefined],
      ]);
    } finally {
      await reader.query("rollback");
      reader.release();
    }
  });
});

describe("saved subsets", () => {
  it("are listed newest first, page by page", async () => {
    const made = [await create({ name: "older" }), await create({ name: "newer" })];
    const first = await listSubsets(test.db, actor, { limit: 1 });
    const second = await listSubsets(test.db, actor, { limit: 1, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
    expect(first.total).toBeGreaterThanOrEqual(2);
  });

  it("are listed with the count that was last made, which is made again in the background", async () => {
    const live = await create({ kind: "live", query: { keyword: "even" } });
    const listed = async () =>
      (await listSubsets(test.db, actor, { limit: 1000 })).items.find(({ id }) => id === live.id);
    const { count } = live;
    const added = newId();
    await addRecords([added], 200);
    expect(await listed()).toMatchObject({ count });
    expect((await getSubset(test.db, actor, live)).count).toBe(count + 1);
    expect(await waitingCounts()).toBe(0);

    const old = new Date("2026-01-01T00:00:00.000Z");
    await test.db.subset.update({ where: { id: live.id }, data: { countedAt: old } });
    expect(await listed()).toMatchObject({ count, countedAt: old.toISOString() });
    await listed();
    expect(await waitingCounts()).toBe(1);
    await countOldSubsets(test.db, { projectId: project.id }, new AbortController().signal);
    const counted = await listed();
    expect(counted?.count).toBe(count + 1);
    expect(Date.parse(counted?.countedAt ?? "")).toBeGreaterThan(old.getTime());
    await test.db.record.update({ where: { id: added }, data: { deletedAt: new Date() } });
  });

  it("can be renamed, and static ones changed", async () => {
    const [first = "", second = ""] = ids;
    const subset = await create({ recordIds: [first] });
    const { id } = subset;
    expect(await renameSubset(test.db, actor, { id, name: "Anew" })).toMatchObject({ id, name: "Anew" });
    const changed = await changeSubsetRecords(test.db, actor, {
      id,
      add: [first, second],
      remove: undefined,
    });
    expect(changed).toMatchObject({ added: 1, removed: 0, subset: { count: 2 } });
    expect(await codeOf(changeSubsetRecords(test.db, actor, { id, add: [newId()] }))).toEqual([
      "not_found",
      "add",
    ]);
    expect(await codeOf(changeSubsetRecords(test.db, actor, { id, add: [first], remove: [first] }))).toEqual([
      "invalid",
      "remove.0",
    ]);
    expect(await codeOf(changeSubsetRecords(test.db, actor, { id }))).toEqual(["invalid", "add"]);
    const live = await create({ kind: "live" });
    expect(await codeOf(changeSubsetRecords(test.db, actor, { id: live.id, add: [first] }))).toEqual([
      "subset_live",
      undefined,
    ]);
    expect(await codeOf(renameSubset(test.db, actor, { id: newId(), name: "None" }))).toEqual([
      "not_found",
      undefined,
    ]);
  });

  it("deleted ones can't be named, but those built on them keep their meaning", async () => {
    const base = await create({ query: { ids: ids.slice(0, 3) } });
    const built = await create({ kind: "live", query: { not: { subset: base.id } } });
    await deleteSubset(test.db, actor, { id: base.id });
    expect(await codeOf(recordsOf(base.id))).toEqual(["invalid_query", "query.subset"]);
    expect(await recordsOf(built.id)).toEqual(upTo(20).slice(3));
  });

  it("open their records to the annotators they are given to, until withdrawn", async () => {
    const annotator = await createMember(test.db, { project, role: "annotator" });
    const subset = await create({ query: { ids: ids.slice(0, 2) }, kind: "live" });
    const all = async () =>
      (await searchRecords(test.db, annotator, { limit: 10, include: [], total: "exact" })).total;
    expect(await all()).toBe(0);
    expect((await listSubsets(test.db, annotator, { limit: 10 })).total).toBe(0);

    const give = () =>
      assignSubset(test.db, actor, { id: subset.id, userIds: [annotator.userId], mode: "all" });
    const given = await give();
    expect(await give()).toEqual(given);
    expect(await all()).toBe(2);
    expect((await listSubsets(test.db, annotator, { limit: 10 })).items).toMatchObject([
      { id: subset.id, query: null, count: 2 },
    ]);
    expect((await listAssignments(test.db, annotator, { limit: 50 })).items).toHaveLength(1);
    expect(await codeOf(deleteSubset(test.db, actor, { id: subset.id }))).toEqual([
      "subset_assigned",
      undefined,
    ]);

    await withdrawAssignment(test.db, actor, { id: given.items[0]?.id ?? "" });
    expect(await all()).toBe(0);
    await deleteSubset(test.db, actor, { id: subset.id });
    const stranger = (await createTestProject(test.db)).administrator;
    const mine = await create({});
    expect(
      await codeOf(
        assignSubset(test.db, actor, {
          id: mine.id,
          userIds: [reviewer.userId, stranger.userId],
          mode: "all",
        }),
      ),
    ).toEqual(["invalid", "userIds.1"]);
  });
});
