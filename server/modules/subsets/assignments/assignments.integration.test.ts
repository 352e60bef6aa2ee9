import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { writeAnnotations } from "@/server/modules/annotations";
import { getProject, putSchema } from "@/server/modules/projects";
import { getRecord, searchRecords } from "@/server/modules/search";
import { completeEnv } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { addRecords, createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import {
  assignSubset,
  changeSubsetRecords,
  createSubset,
  deleteSubset,
  getSubset,
  listAssignments,
  listSubsets,
  patchAssignment,
  restoreAssignment,
  withdrawAssignment,
} from "..";

const PROPERTY_TIMEOUT = 60_000;
const RECORDS = 23;

let test: TestDatabase;
let labelled: LabelledProject;
let lead: ProjectActor;
let ids: string[];
let subset: { id: string };
let ada: ProjectActor;
let bo: ProjectActor;
beforeAll(async () => {
  completeEnv({ authSecret: "a secret for tests that is long enough" });
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  labelled = await createLabelledProject(test.db);
  lead = labelled.member;
  const made = await addRecords(
    labelled,
    Array.from({ length: RECORDS }, (_, at) => ({ externalId: `e${at}`, content: at % 2 ? "odd" : "even" })),
  );
  ids = [...made.values()];
  subset = await createSubset(test.db, lead, { name: "All", kind: "static" });
  [ada, bo] = [await annotator(), await annotator()];
});

const annotator = () => createMember(test.db, { project: labelled.project, role: "annotator" });
type Asked = Omit<Parameters<typeof assignSubset>[2], "id" | "userIds">;
const assign = (people: readonly ProjectActor[], asked: Asked = {}, id = subset.id) =>
  assignSubset(test.db, lead, { id, userIds: people.map(({ userId }) => userId), ...asked });
const assignmentOf = async ({ userId }: ProjectActor) => {
  const { items } = await listAssignments(test.db, lead, { limit: 100 });
  const found = items.find(({ user }) => user.id === userId);
  if (!found) throw new Error("nothing is assigned");
  return found;
};
const label = (who: ProjectActor, recordIds: readonly string[], name = "sentiment", value = "pos") =>
  writeAnnotations(test.db, who, {
    items: recordIds.map((recordId) => ({ recordId, labels: [{ name, value: [value] }] })),
  });
async function reachOf(who: ProjectActor, query?: Record<string, string>): Promise<string[]> {
  const found = await searchRecords(test.db, who, { query, limit: 1000, include: [], total: "exact" });
  expect(found.total).toBe(found.items.length);
  return found.items.map(({ id }) => id);
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => (isAppError(error) ? [error.code, error.errors?.[0]?.path] : String(error)),
  );

describe("a divided subset", () => {
  it("goes to k different people a record, equally but for one, for any number of people", {
    timeout: PROPERTY_TIMEOUT,
  }, async () => {
    const people = [ada, bo, ...(await Promise.all([annotator(), annotator(), annotator()]))];
    const division = fc.integer({ min: 1, max: people.length }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        perRecord: fc.integer({ min: 1, max: count }),
        seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(division, async ({ count, perRecord, seed }) => {
        const { id } = await createSubset(test.db, lead, { name: "Divided", kind: "static" });
        const asked: Asked =
          perRecord === 1 ? { mode: "split", seed } : { mode: "perRecord", perRecord, seed };
        const { items } = await assign(people.slice(0, count), asked, id);
        const shares = await test.db.assignmentRecord.findMany({
          where: { assignmentId: { in: items.map((item) => item.id) } },
        });
        const sizes = items.map((item) => shares.filter((share) => share.assignmentId === item.id).length);
        expect(sizes).toEqual(items.map(({ progress }) => progress.records));
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        for (const record of ids)
          expect(shares.filter(({ recordId }) => recordId === record)).toHaveLength(perRecord);
        await deleteSubset(test.db, lead, { id, withdraw: true });
      }),
      { numRuns: 25 },
    );
  });

  it("goes to the same people for the same seed", async () => {
    const asked: Asked = { mode: "split", seed: 4 };
    await assign([ada, bo], asked);
    const first = await reachOf(ada);
    await deleteSubset(test.db, lead, { id: subset.id, withdraw: true });
    const again = await createSubset(test.db, lead, { name: "Again", kind: "static" });
    await assign([ada, bo], asked, again.id);
    expect(await reachOf(ada)).toEqual(first);
  });

  it("is frozen: later records and people change nobody's share", async () => {
    const live = await createSubset(test.db, lead, { name: "Live", kind: "live", query: { keyword: "e" } });
    await assign([ada, bo], { mode: "split" }, live.id);
    const before = await reachOf(ada);
    await addRecords(labelled, [{ externalId: "later", content: "even" }]);
    const cleo = await annotator();
    await assign([cleo], { mode: "split" }, live.id);
    expect(await reachOf(ada)).toEqual(before);
    expect(await reachOf(cleo)).toHaveLength((await getSubset(test.db, lead, live)).count);
  });
});

describe("an annotator", () => {
  it("sees their share alone: in searches, totals, single records, subsets, and when labelling", async () => {
    await assign([ada, bo], { mode: "split" });
    const [theirs, others] = [await reachOf(ada), await reachOf(bo)];
    expect([...theirs, ...others].toSorted()).toEqual(ids.toSorted());
    expect(await reachOf(ada, { subset: subset.id })).toEqual(theirs);
    expect(await reachOf(ada, { assignedTo: ada.userId })).toEqual(theirs);
    expect(await reachOf(ada, { assignedTo: bo.userId })).toEqual([]);
    expect((await reachOf(lead, { assignedTo: ada.userId })).toSorted()).toEqual(theirs.toSorted());

    const [foreign = ""] = others;
    expect(await refusal(getRecord(test.db, ada, { id: foreign }))).toEqual(["not_found", undefined]);
    expect(await refusal(label(ada, [foreign]))).toEqual(["not_found", "items.0.recordId"]);
    expect((await listSubsets(test.db, ada, { limit: 10 })).items).toMatchObject([
      {
        count: theirs.length,
        query: null,
        sample: null,
        assigned: { total: 1, people: [{ id: ada.userId }] },
      },
    ]);
    expect((await getSubset(test.db, ada, subset)).count).toBe(theirs.length);
    expect((await getProject(test.db, ada)).counts.records).toBe(theirs.length);
    const { items } = await listAssignments(test.db, ada, { limit: 10 });
    expect(items.map(({ user }) => user.id)).toEqual([ada.userId]);
  });

  it("sees nothing of it any more once it is withdrawn, and the same again when that is taken back", async () => {
    await assign([ada, bo], { mode: "perRecord", perRecord: 2 });
    const before = await reachOf(ada);
    expect(before).toHaveLength(RECORDS);
    await label(ada, before.slice(0, 3));
    const { id } = await assignmentOf(ada);
    await withdrawAssignment(test.db, lead, { id });
    expect(await reachOf(ada)).toEqual([]);
    expect(await reachOf(ada, { subset: subset.id })).toEqual([]);
    expect(await refusal(label(ada, before.slice(0, 1)))).toEqual(["not_found", "items.0.recordId"]);
    expect(await reachOf(bo)).toHaveLength(RECORDS);
    expect(await refusal(withdrawAssignment(test.db, lead, { id }))).toEqual(["not_found", undefined]);
    expect(await test.db.annotation.count({ where: { annotatorId: ada.userId } })).toBe(3);

    expect((await restoreAssignment(test.db, lead, { id })).progress).toEqual({ records: RECORDS, done: 3 });
    expect(await reachOf(ada)).toEqual(before);
  });

  it("still sees what a session opens to them, whatever is withdrawn", async () => {
    await assign([ada], { mode: "all" });
    await openSession(ada, ids.slice(0, 2));
    await withdrawAssignment(test.db, lead, { id: (await assignmentOf(ada)).id });
    expect(await reachOf(ada)).toEqual(ids.slice(0, 2));
    expect(await reachOf(ada, { subset: subset.id })).toEqual([]);
  });

  it("of a live subset sees what it holds now", async () => {
    const live = await createSubset(test.db, lead, {
      name: "Even",
      kind: "live",
      query: { keyword: "even" },
    });
    await assign([ada], { mode: "all" }, live.id);
    const before = await reachOf(ada);
    await addRecords(labelled, [{ externalId: "later", content: "even" }]);
    expect(await reachOf(ada)).toHaveLength(before.length + 1);
  });
});

describe("progress", () => {
  it("counts records that have every asked label from that person", async () => {
    await putSchema(test.db, lead, { labelSchema: [recordLabel("sentiment"), recordLabel("topic"), span] });
    await assign([ada, bo], { mode: "all", labels: ["sentiment", "topic"] });
    await label(ada, ids.slice(0, 5));
    await label(ada, ids.slice(0, 3), "topic");
    await label(bo, ids.slice(5, 9), "topic");
    expect((await assignmentOf(ada)).progress).toEqual({ records: RECORDS, done: 3 });
    expect((await assignmentOf(bo)).progress).toEqual({ records: RECORDS, done: 0 });
    await test.db.record.update({ where: { id: ids[0] ?? "" }, data: { deletedAt: new Date() } });
    expect((await assignmentOf(ada)).progress).toEqual({ records: RECORDS - 1, done: 2 });
  });

  it("asks for every record label of the schema when none is named, and counts in each way of giving", async () => {
    await putSchema(test.db, lead, { labelSchema: [recordLabel("sentiment"), span] });
    const live = await createSubset(test.db, lead, { name: "Odd", kind: "live", query: { keyword: "odd" } });
    await assign([ada], { mode: "all" }, live.id);
    await assign([bo], { mode: "split" });
    await label(ada, (await reachOf(ada)).slice(0, 4));
    await label(bo, ids.slice(0, 7));
    expect(await assignmentOf(ada)).toMatchObject({
      labels: ["sentiment"],
      progress: { records: 11, done: 4 },
    });
    expect((await assignmentOf(bo)).progress).toEqual({ records: RECORDS, done: 7 });
  });

  it("is overdue past its date with records left, until the date is moved", async () => {
    await assign([ada], { mode: "all", dueAt: "2100-01-01T00:00:00.000Z" });
    const { id, overdue } = await assignmentOf(ada);
    expect(overdue).toBe(false);
    const past = "2020-01-01T00:00:00.000Z";
    expect(await patchAssignment(test.db, lead, { id, dueAt: past })).toMatchObject({
      dueAt: past,
      overdue: true,
    });
    await label(ada, ids);
    expect((await assignmentOf(ada)).overdue).toBe(false);
    expect((await patchAssignment(test.db, lead, { id, dueAt: null })).dueAt).toBeNull();
  });
});

describe("assigning", () => {
  it("all again only changes what is asked for", async () => {
    await assign([ada], { mode: "all" });
    const before = await assignmentOf(ada);
    await assign([ada, bo], { mode: "all", dueAt: "2100-01-01T00:00:00.000Z", labels: ["sentiment"] });
    const after = await assignmentOf(ada);
    expect(after.id).toBe(before.id);
    expect(after.dueAt).toBe("2100-01-01T00:00:00.000Z");
  });

  it("is refused to whoever has it in another way, and changes nothing then", async () => {
    await assign([ada], { mode: "split" });
    expect(await refusal(assign([bo, ada], { mode: "split" }))).toEqual(["already_assigned", "userIds.1"]);
    expect(await refusal(assign([ada], { mode: "all" }))).toEqual(["already_assigned", "userIds.0"]);
    expect(await reachOf(bo)).toEqual([]);
    const { id } = await assignmentOf(ada);
    await withdrawAssignment(test.db, lead, { id });
    await assign([ada], { mode: "all" });
    expect(await refusal(restoreAssignment(test.db, lead, { id }))).toEqual(["already_assigned", undefined]);
  });

  it.each<[string, Asked, string]>([
    ["a k without its mode", { mode: "split", perRecord: 2 }, "perRecord"],
    ["a mode without its k", { mode: "perRecord" }, "perRecord"],
    ["more people a record than there are", { mode: "perRecord", perRecord: 3 }, "perRecord"],
    ["a seed that nothing is drawn by", { mode: "all", seed: 1 }, "seed"],
    ["a date in the past", { dueAt: "2020-01-01T00:00:00.000Z" }, "dueAt"],
    ["a label that isn't in the schema", { labels: ["sentiment", "mood"] }, "labels.1"],
  ])("can't be with %s", async (_what, asked, path) => {
    expect(await refusal(assign([ada, bo], asked))).toEqual(["invalid", path]);
  });

  it("goes to members who may label, of records that are there", async () => {
    const viewer = await createMember(test.db, { project: labelled.project, role: "viewer" });
    expect(await refusal(assign([ada, viewer]))).toEqual(["invalid", "userIds.1"]);
    const empty = await createSubset(test.db, lead, {
      name: "Empty",
      kind: "static",
      query: { keyword: "no such word" },
    });
    expect(await refusal(assign([ada], { mode: "split" }, empty.id))).toEqual(["invalid", "id"]);
    expect(await refusal(assign([ada], {}, newId()))).toEqual(["not_found", undefined]);
  });

  it("by two people at once gives each person one share", async () => {
    const results = await Promise.allSettled([
      assign([ada], { mode: "split" }),
      assign([ada], { mode: "split" }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await test.db.assignment.count({ where: { subsetId: subset.id } })).toBe(1);
  });
});

describe("an assigned subset", () => {
  it("changes for those who have all of it, and for nobody who has a share", async () => {
    await assign([ada], { mode: "all" });
    await assign([bo], { mode: "split" });
    const [first = "", second = ""] = ids;
    const change = { id: subset.id, remove: [first, second] };
    expect(await changeSubsetRecords(test.db, lead, change)).toMatchObject({
      added: 0,
      removed: 2,
      subset: { count: RECORDS - 2 },
    });
    expect(await reachOf(ada)).toEqual(ids.slice(2));
    expect(await reachOf(bo)).toEqual(ids);
    const back = await changeSubsetRecords(test.db, lead, {
      id: subset.id,
      add: { query: { ids: change.remove } },
    });
    expect(back).toMatchObject({ added: 2, removed: 0 });
    expect(await reachOf(ada)).toEqual(ids);
  });

  it("is deleted with its assignments when that is said", async () => {
    await assign([ada], { mode: "split" });
    expect(await refusal(deleteSubset(test.db, lead, { id: subset.id }))).toEqual([
      "subset_assigned",
      undefined,
    ]);
    await deleteSubset(test.db, lead, { id: subset.id, withdraw: true });
    expect(await reachOf(ada)).toEqual([]);
    expect((await listAssignments(test.db, lead, { limit: 10 })).total).toBe(0);
  });

  it("shows who has it, and each person's own with mine", async () => {
    await assign([ada, bo, lead], { mode: "all" });
    const [shown] = (await listSubsets(test.db, lead, { limit: 1 })).items;
    expect(shown?.assigned.total).toBe(3);
    const mine = await listAssignments(test.db, lead, { mine: true, limit: 10 });
    expect(mine.items.map(({ user }) => user.id)).toEqual([lead.userId]);
    const first = await listAssignments(test.db, lead, { limit: 2 });
    const rest = await listAssignments(test.db, lead, { limit: 2, cursor: first.nextCursor ?? "" });
    expect([first.items.length, rest.items.length, first.total]).toEqual([2, 1, 3]);
  });
});

const options = [{ value: "pos", text: "Positive" }];
const recordLabel = (name: string) => ({ name, level: "record", options });
const span = { name: "spans", level: "span", options };

async function openSession(who: ProjectActor, recordIds: readonly string[]): Promise<void> {
  const { projectId } = lead;
  const schema = await test.db.labelSchema.findFirstOrThrow({ where: { projectId, active: true } });
  await label(lead, recordIds);
  const annotations = await test.db.annotation.findMany({ where: { projectId, annotatorId: lead.userId } });
  await test.db.verificationSession.create({
    data: {
      id: newId(),
      projectId,
      name: "Opened",
      labelName: "sentiment",
      schemaId: schema.id,
      createdById: lead.userId,
      members: { create: { userId: who.userId } },
      items: {
        create: annotations.map(({ id, recordId }, position) => ({ annotationId: id, recordId, position })),
      },
    },
  });
}
