import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BulkRun, startBulkInput } from "@/contracts/bulk";
import type { ProjectActor } from "@/server/modules/access";
import { writeAnnotations } from "@/server/modules/annotations";
import { eraseRecord, putMetadata } from "@/server/modules/records";
import { countRecords, getRecord, parseQuery } from "@/server/modules/search";
import { assignSubset, createSubset } from "@/server/modules/subsets";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { addRecords, createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { cancelBulk, getBulkRun, listBulkRuns, runBulk, startBulk, undoBulk } from ".";

/** More than one batch. */
const RECORDS = 2500;

let test: TestDatabase;
let made: LabelledProject;
let admin: ProjectActor;
let reviewer: ProjectActor;
let annotator: ProjectActor;
let ids: string[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  made = await createLabelledProject(test.db, { labels: [sentiment, aspect] });
  admin = made.member;
  reviewer = await createMember(test.db, { project: made.project, role: "reviewer", name: "Rea" });
  annotator = await createMember(test.db, { project: made.project, role: "annotator", name: "Ann" });
  const records = await addRecords(
    made,
    Array.from({ length: RECORDS }, (_, n) => ({ externalId: `e${n}`, metadata: { n, half: n % 2 } })),
  );
  ids = [...records.values()];
});

const options = ["pos", "neg", "neu"].map((value) => ({ value, text: value }));
const sentiment = { name: "sentiment", level: "record", options };
const aspect = { name: "aspect", level: "span", options };

type Asked = { action: unknown; query?: unknown; recordIds?: string[]; except?: string[] };

const start = (actor: ProjectActor, asked: Asked) => {
  const given = asked.recordIds ? asked : { query: {}, ...asked };
  const { project: _, ...input } = startBulkInput.parse({ project: "p", ...given });
  return startBulk(test.db, actor, input);
};
const work = (run: Pick<BulkRun, "id">, isCurrent = async () => true) =>
  runBulk(
    { db: test.db, signal: new AbortController().signal, attempt: 1, isCurrent },
    { projectId: admin.projectId, runId: run.id },
  );
const at = (actor: ProjectActor, { id }: Pick<BulkRun, "id">) => getBulkRun(test.db, actor, { id });
/** Starts a run and works it through. */
async function complete(actor: ProjectActor, asked: Asked): Promise<BulkRun> {
  const run = await start(actor, asked);
  await work(run);
  return at(actor, run);
}
async function undo(actor: ProjectActor, run: BulkRun): Promise<BulkRun> {
  await undoBulk(test.db, actor, run);
  await work(run);
  return at(actor, run);
}
const count = (query: unknown) => countRecords(test.db, admin, parseQuery(query));
const refusal = (doing: Promise<unknown>) =>
  doing.then(
    () => [],
    (error: unknown) => (isAppError(error) ? [error.code, error.errors?.[0]?.path] : [String(error)]),
  );
/** Everything about the records of the project, to be compared with what it was. */
async function snapshot() {
  const where = { projectId: admin.projectId };
  const [records, labels, members] = await Promise.all([
    test.db.record.findMany({ where, omit: { updatedAt: true }, orderBy: { id: "asc" } }),
    test.db.annotation.findMany({
      where,
      omit: { id: true, createdAt: true, updatedAt: true },
      orderBy: [{ recordId: "asc" }, { annotatorId: "asc" }],
    }),
    test.db.subsetRecord.findMany({ where, orderBy: [{ subsetId: "asc" }, { recordId: "asc" }] }),
  ]);
  return { records, labels, members };
}

describe("an action on what a query finds", () => {
  it("excludes the records as they were when it was started, and brings them back", async () => {
    const before = await snapshot();
    const half = { metadata: { name: "half", op: "==", value: 1 } };
    const run = await start(admin, {
      action: { type: "delete" },
      query: half,
      except: [ids[1] ?? "", newId()],
    });
    expect(run).toMatchObject({ status: "queued", total: 1249, done: 0, undoable: false, undo: null });
    // Found by the query too late.
    await putMetadata(test.db, admin, { name: "half", values: [{ recordId: ids[0], value: 1 }] });
    await work(run);
    expect(await at(admin, run)).toMatchObject({
      status: "succeeded",
      done: 1249,
      changed: 1249,
      skipped: [],
      undoable: true,
      error: null,
      createdBy: { id: admin.userId },
    });
    expect(await count({})).toBe(RECORDS - 1249);
    await getRecord(test.db, admin, { id: ids[1] ?? "" });

    await putMetadata(test.db, admin, { name: "half", values: [{ recordId: ids[0], value: 0 }] });
    expect(await undo(admin, run)).toMatchObject({
      status: "undone",
      undoable: false,
      undo: { done: 1249, restored: 1249, skipped: [], startedBy: { id: admin.userId } },
    });
    expect(await snapshot()).toEqual(before);
    expect(await test.db.bulkBatch.count({ where: { runId: run.id } })).toBe(0);
  });

  it("restores all that is excluded, or what is listed, and excludes it again as it was", async () => {
    await complete(admin, {
      action: { type: "delete" },
      query: { metadata: { name: "n", op: "<", value: 10 } },
    });
    const before = await snapshot();
    const listed = await complete(admin, { action: { type: "restore" }, recordIds: ids.slice(0, 3) });
    expect(listed).toMatchObject({ total: 3, changed: 3, query: null });
    const all = await complete(admin, { action: { type: "restore" } });
    expect(all).toMatchObject({ total: 7, changed: 7 });
    expect(await count({})).toBe(RECORDS);
    await undo(admin, all);
    await undo(admin, listed);
    expect(await snapshot()).toEqual(before);
    expect(await refusal(start(admin, { action: { type: "restore" }, query: { keyword: "x" } }))).toEqual([
      "invalid",
      "query",
    ]);
  });

  it.each([["text"], [1e21], [0], [false], [{ deep: [1, null] }], [null]])(
    "gives all records the metadata %j, and each its own value again",
    async (value) => {
      await putMetadata(test.db, admin, {
        name: "price",
        values: [
          { recordId: ids[0], value: 2.5 },
          { recordId: ids[1], value: value ?? "already" },
          { recordId: ids[2], value: ["a"] },
        ],
      });
      const before = await snapshot();
      const run = await complete(admin, { action: { type: "setMetadata", name: "price", value } });
      const expected = value === null ? 3 : RECORDS - 1;
      expect(run).toMatchObject({
        changed: expected,
        skipped: [{ reason: "unchanged", count: RECORDS - expected }],
      });
      const now = await getRecord(test.db, admin, { id: ids[0] ?? "" });
      expect(now.metadata?.price).toEqual(value ?? undefined);
      expect(await undo(admin, run)).toMatchObject({ undo: { restored: expected } });
      expect(await snapshot()).toEqual(before);
    },
  );

  it("labels as whoever asks, with its history, and makes their labels what they were", async () => {
    const [kept = "", same = ""] = ids;
    const earlier = [
      { recordId: kept, labels: [{ name: "sentiment", value: ["neg"], metadata: { note: "sure" } }] },
      { recordId: same, labels: [{ name: "sentiment", value: ["pos"], metadata: { note: "mine" } }] },
    ];
    await writeAnnotations(test.db, reviewer, { items: earlier });
    await writeAnnotations(test.db, admin, { items: earlier });
    const before = await snapshot();
    const run = await complete(reviewer, { action: { type: "label", name: "sentiment", value: ["pos"] } });
    expect(run).toMatchObject({ changed: RECORDS - 1, skipped: [{ reason: "unchanged", count: 1 }] });
    expect(
      await count({ label: { name: "sentiment", op: "==", value: "pos", annotators: [reviewer.userId] } }),
    ).toBe(RECORDS);
    expect(
      await test.db.annotationEvent.count({ where: { recordId: kept, annotatorId: reviewer.userId } }),
    ).toBe(2);
    expect(await refusal(undoBulk(test.db, admin, run))).toEqual(["forbidden", undefined]);
    expect(await undo(reviewer, run)).toMatchObject({ undo: { restored: RECORDS - 1, skipped: [] } });
    expect(await snapshot()).toEqual(before);

    const clear = await complete(reviewer, { action: { type: "clearLabel", name: "sentiment" } });
    expect(clear).toMatchObject({ changed: 2 });
    expect(await test.db.annotation.count({ where: { projectId: admin.projectId } })).toBe(2);
    await undo(reviewer, clear);
    expect(await snapshot()).toEqual(before);
  });

  it("puts records into a static subset and takes them out; a sample stays as it was drawn", async () => {
    const sample = { size: 500, seed: 1 };
    const drawn = await createSubset(test.db, reviewer, { name: "Sample", kind: "static", sample });
    const spoil = startBulk(test.db, reviewer, {
      action: { type: "addToSubset", subsetId: drawn.id },
      query: {},
    });
    expect(await refusal(spoil)).toEqual(["invalid", "action.subsetId"]);
    const subset = await createSubset(test.db, reviewer, { name: "First", kind: "static", limit: 500 });
    const before = await snapshot();
    const add = await complete(reviewer, { action: { type: "addToSubset", subsetId: subset.id } });
    expect(add).toMatchObject({ changed: 2000, skipped: [{ reason: "unchanged", count: 500 }] });
    await undo(reviewer, add);
    expect(await snapshot()).toEqual(before);
    const remove = await complete(reviewer, {
      action: { type: "removeFromSubset", subsetId: subset.id },
      query: { subset: subset.id },
    });
    expect(remove).toMatchObject({ total: 500, changed: 500 });
    expect(await count({ subset: subset.id })).toBe(0);
    await undo(reviewer, remove);
    expect(await snapshot()).toEqual(before);
    expect(await test.db.subset.findUniqueOrThrow({ where: { id: subset.id } })).toMatchObject({
      count: 500,
    });
  });
});

describe("undo", () => {
  it("leaves alone what somebody changed since, and says how many", async () => {
    const [first = "", second = "", third = ""] = ids;
    const set = await complete(admin, { action: { type: "setMetadata", name: "half", value: "all" } });
    await putMetadata(test.db, admin, { name: "half", values: [{ recordId: first, value: "somebody's" }] });
    await eraseRecord(test.db, admin, { id: second, confirm: "e1" });
    expect(await undo(admin, set)).toMatchObject({
      undo: {
        restored: RECORDS - 2,
        skipped: [
          { reason: "erased", count: 1 },
          { reason: "changed_since", count: 1 },
        ],
      },
    });
    expect((await getRecord(test.db, admin, { id: first })).metadata).toMatchObject({ half: "somebody's" });
    expect((await getRecord(test.db, admin, { id: third })).metadata).toMatchObject({ half: 0 });

    const removed = await complete(admin, { action: { type: "delete" } });
    const back = await complete(admin, { action: { type: "restore" }, recordIds: [first, third] });
    await complete(admin, { action: { type: "delete" }, recordIds: [first] });
    expect(await undo(admin, removed)).toMatchObject({
      undo: { restored: RECORDS - 3, skipped: [{ reason: "changed_since", count: 2 }] },
    });
    expect(await refusal(getRecord(test.db, admin, { id: first }))).toEqual(["not_found", undefined]);
    expect(await undo(admin, back)).toMatchObject({
      undo: { restored: 1, skipped: [{ reason: "changed_since", count: 1 }] },
    });
  });

  it("leaves a label alone that its owner gave again, be it the same", async () => {
    const [again = "", cleared = "", other = ""] = ids;
    const label = (recordId: string, value: string[]) =>
      writeAnnotations(test.db, reviewer, { items: [{ recordId, labels: [{ name: "sentiment", value }] }] });
    await label(again, ["neg"]);
    const run = await complete(reviewer, {
      action: { type: "label", name: "sentiment", value: ["pos"] },
      recordIds: [again, cleared, other],
    });
    await label(again, ["neu"]);
    await label(again, ["pos"]);
    await label(cleared, []);
    expect(await undo(reviewer, run)).toMatchObject({
      undo: { restored: 1, skipped: [{ reason: "changed_since", count: 2 }] },
    });
    const clear = await complete(reviewer, {
      action: { type: "clearLabel", name: "sentiment" },
      recordIds: [again],
    });
    await label(again, ["pos"]);
    await label(again, []);
    expect(await undo(reviewer, clear)).toMatchObject({
      undo: { restored: 0, skipped: [{ reason: "changed_since", count: 1 }] },
    });
  });

  it("is refused while the action runs, after it, and for an action that changed nothing", async () => {
    const run = await start(admin, { action: { type: "delete" }, recordIds: ids.slice(0, 2) });
    expect(await refusal(undoBulk(test.db, admin, run))).toEqual(["conflict", undefined]);
    await work(run);
    await undo(admin, run);
    expect(await refusal(undoBulk(test.db, admin, run))).toEqual(["not_undoable", undefined]);
    const nothing = await complete(admin, { action: { type: "setMetadata", name: "x", value: null } });
    expect(nothing).toMatchObject({ changed: 0, undoable: false });
    expect(await refusal(undoBulk(test.db, admin, nothing))).toEqual(["not_undoable", undefined]);
  });

  it("is possible for 30 days, and what it needs is thrown away when another run is started", async () => {
    const run = await complete(admin, { action: { type: "delete" }, recordIds: ids.slice(0, 2) });
    const old = new Date(Date.now() - 31 * 86_400_000);
    await test.db.bulkRun.update({ where: { id: run.id }, data: { finishedAt: old } });
    expect(await at(admin, run)).toMatchObject({ undoable: false });
    expect(await refusal(undoBulk(test.db, admin, run))).toEqual(["not_undoable", undefined]);
    expect(await test.db.bulkBatch.count({ where: { runId: run.id } })).toBe(1);
    await start(admin, { action: { type: "restore" } });
    expect(await test.db.bulkBatch.count({ where: { runId: run.id } })).toBe(0);
    expect(await at(admin, run)).toMatchObject({ changed: 2, undoable: false });
  });
});

describe("a run", () => {
  it("stops between two batches when it is cancelled, and what it did can be taken back", async () => {
    const before = await snapshot();
    const run = await start(admin, { action: { type: "delete" } });
    let batches = 0;
    await work(run, async () => {
      batches += 1;
      if (batches === 1) return true;
      throw new Error("stop here");
    }).catch(() => undefined);
    expect(await cancelBulk(test.db, admin, run)).toMatchObject({ status: "running", done: 2000 });
    await work(run);
    expect(await at(admin, run)).toMatchObject({
      status: "cancelled",
      done: 2000,
      changed: 2000,
      undoable: true,
    });
    expect(await refusal(cancelBulk(test.db, admin, run))).toEqual(["conflict", undefined]);
    await undo(admin, run);
    expect(await snapshot()).toEqual(before);
    const waiting = await start(admin, { action: { type: "delete" } });
    expect(await cancelBulk(test.db, admin, waiting)).toMatchObject({ status: "cancelled", undoable: false });
    await work(waiting);
    expect(await count({})).toBe(RECORDS);
  });

  it("skips what was deleted or erased meanwhile", async () => {
    const run = await start(reviewer, { action: { type: "label", name: "sentiment", value: ["pos"] } });
    await complete(admin, { action: { type: "delete" }, recordIds: ids.slice(0, 2) });
    await eraseRecord(test.db, admin, { id: ids[2] ?? "", confirm: "e2" });
    await work(run);
    expect(await at(reviewer, run)).toMatchObject({
      changed: RECORDS - 3,
      skipped: [
        { reason: "deleted", count: 2 },
        { reason: "erased", count: 1 },
      ],
    });
  });

  it("ends as failed when the person may no longer do it, or the subset is gone", async () => {
    const subset = await createSubset(test.db, reviewer, {
      name: "S",
      kind: "static",
      recordIds: ids.slice(0, 1),
    });
    const gone = await start(reviewer, { action: { type: "addToSubset", subsetId: subset.id } });
    await test.db.subset.update({ where: { id: subset.id }, data: { deletedAt: new Date() } });
    await work(gone);
    expect(await at(reviewer, gone)).toMatchObject({
      status: "failed",
      error: { code: "not_found" },
      changed: 0,
    });

    const removed = await start(admin, { action: { type: "delete" } });
    await test.db.membership.updateMany({
      where: { projectId: admin.projectId, userId: admin.userId },
      data: { removedAt: new Date() },
    });
    await work(removed);
    expect(await at(admin, removed)).toMatchObject({
      status: "failed",
      error: { code: "forbidden" },
      done: 0,
    });
  });

  it("is one of at most ten that are under way", async () => {
    const ask = () =>
      start(admin, { action: { type: "setMetadata", name: "x", value: 1 }, recordIds: ids.slice(0, 1) });
    for (let n = 0; n < 10; n += 1) await ask();
    expect(await refusal(ask())).toEqual(["too_many_runs", undefined]);
  });
});

describe("who may do what", () => {
  it("an annotator labels only what is opened to them, sees only their own runs, and loses what is withdrawn", async () => {
    const subset = await createSubset(test.db, reviewer, {
      name: "A",
      kind: "static",
      recordIds: ids.slice(0, 5),
    });
    await assignSubset(test.db, reviewer, { id: subset.id, userIds: [annotator.userId], mode: "all" });
    const others = await complete(admin, { action: { type: "setMetadata", name: "x", value: 1 } });
    const action = { type: "label", name: "sentiment", value: ["pos"] };
    expect(await refusal(start(annotator, { action, recordIds: ids.slice(4, 6) }))).toEqual([
      "not_found",
      "recordIds",
    ]);
    const run = await start(annotator, { action });
    expect(run).toMatchObject({ total: 5 });
    await test.db.subsetRecord.deleteMany({ where: { subsetId: subset.id, recordId: ids[0] } });
    await work(run);
    expect(await at(annotator, run)).toMatchObject({
      changed: 4,
      skipped: [{ reason: "out_of_reach", count: 1 }],
    });
    const seen = await listBulkRuns(test.db, annotator, { limit: 10 });
    expect([seen.total, seen.items.map(({ id }) => id)]).toEqual([1, [run.id]]);
    expect(await refusal(at(annotator, others))).toEqual(["not_found", undefined]);
    expect(await refusal(undoBulk(test.db, annotator, others))).toEqual(["not_found", undefined]);
    expect(await refusal(undoBulk(test.db, reviewer, others))).toEqual(["forbidden", undefined]);
    expect(await refusal(cancelBulk(test.db, reviewer, others))).toEqual(["forbidden", undefined]);
    expect(await refusal(start(reviewer, { action: { type: "delete" } }))).toEqual(["forbidden", undefined]);
    const all = await listBulkRuns(test.db, reviewer, { limit: 1 });
    expect(all).toMatchObject({ total: 2, items: [{ id: run.id }] });
  });

  it("nobody reaches records, subsets, labels or runs of another project", async () => {
    const mine = { made, admin, ids };
    const other = await createLabelledProject(test.db);
    const foreign = [...(await addRecords(other, [{ externalId: "x" }])).values()];
    const subset = await createSubset(test.db, other.member, {
      name: "T",
      kind: "static",
      recordIds: foreign,
    });
    expect(await refusal(start(mine.admin, { action: { type: "delete" }, recordIds: foreign }))).toEqual([
      "not_found",
      "recordIds",
    ]);
    expect(
      await refusal(start(mine.admin, { action: { type: "addToSubset", subsetId: subset.id } })),
    ).toEqual(["not_found", "action.subsetId"]);
    const run = await complete(mine.admin, { action: { type: "delete" }, recordIds: mine.ids.slice(0, 1) });
    for (const act of [getBulkRun, cancelBulk, undoBulk])
      expect(await refusal(act(test.db, other.member, { id: run.id }))).toEqual(["not_found", undefined]);
    expect(await test.db.record.count({ where: { projectId: other.project.id, deletedAt: null } })).toBe(1);
  });
});

describe("what can't be started", () => {
  it.each([
    [{ type: "label", name: "unknown", value: ["pos"] }, ["invalid", "action.name"]],
    [{ type: "label", name: "aspect", value: ["pos"] }, ["invalid", "action.name"]],
    [{ type: "label", name: "sentiment", value: ["good"] }, ["invalid_value", "action.value.0"]],
    [{ type: "label", name: "sentiment", value: ["pos", "neg"] }, ["invalid_value", "action.value"]],
    [
      { type: "addToSubset", subsetId: "018f0000-0000-7000-8000-000000000001" },
      ["not_found", "action.subsetId"],
    ],
  ])("%j", async (action, expected) => {
    expect(await refusal(start(reviewer, { action }))).toEqual(expected);
    expect((await listBulkRuns(test.db, reviewer, { limit: 1 })).total).toBe(0);
  });

  it("an action on a live subset, on no record, or without saying on which", async () => {
    const live = await createSubset(test.db, reviewer, {
      name: "Live",
      kind: "live",
      query: { keyword: "x" },
    });
    const action = { type: "addToSubset", subsetId: live.id };
    expect(await refusal(start(reviewer, { action }))).toEqual(["invalid", "action.subsetId"]);
    const none = { action: { type: "delete" }, query: { keyword: "nowhere to be found" } };
    expect(await refusal(start(admin, none))).toEqual(["no_records", "query"]);
    expect(startBulkInput.safeParse({ project: "p", action: { type: "delete" } }).success).toBe(false);
  });
});
