import { afterAll, beforeAll, expect, it } from "vitest";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { writeAnnotations } from "@/server/modules/annotations";
import { getRecord } from "@/server/modules/search";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import type { LabelledProject } from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { addSpanJob, createSpanProject, OSLO, ROME, SPAN_TEXT } from "@/server/testing/span-project";
import {
  createSession,
  extendSession,
  listSessionItems,
  listVerifications,
  nextItem,
  writeVerifications,
} from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const open = ({ member }: LabelledProject, more: object) =>
  createSession(test.db, member, createSessionInput.parse({ project: "p", label: "places", ...more }));
const itemsOf = async ({ member }: LabelledProject, id: string) =>
  (await listSessionItems(test.db, member, { id, limit: 100, sort: "position" })).items;
it("holds the spans of each record together, the most doubtful record first, and records without any", async () => {
  const { recordIds, ...world } = await createSpanProject(test.db, { records: 4 });
  const [sure = "", doubtful = "", half = "", none = ""] = recordIds;
  const jobId = await addSpanJob(world, recordIds, [
    { recordId: sure, value: ["city"], ...ROME, conf: 0.9 },
    { recordId: doubtful, value: ["city"], ...OSLO, conf: 0.2 },
    { recordId: doubtful, value: ["city"], ...ROME, conf: 0.95 },
    { recordId: half, value: ["time"], start: 18, end: 26, conf: 0.5 },
  ]);
  const { id, counts } = await open(world, { jobIds: [jobId] });
  expect(counts.total).toBe(5);
  const items = await itemsOf(world, id);
  expect(
    items.map(({ recordId, start, end, value }) => [recordIds.indexOf(recordId), start, end, value]),
  ).toEqual([
    [1, ROME.start, ROME.end, ["city"]],
    [1, OSLO.start, OSLO.end, ["city"]],
    [2, 18, 26, ["time"]],
    [0, ROME.start, ROME.end, ["city"]],
    [3, null, null, []],
  ]);
  expect(items[4]).toMatchObject({ level: "span", content: SPAN_TEXT, recordId: none, jobId, conf: null });
  // Opened again, the record without spans has one item, not two.
  const again = await open(world, { jobIds: [jobId] });
  expect(again.counts.total).toBe(5);
  expect(await extendSession(test.db, world.member, { id })).toMatchObject({ added: 0 });
});

it("hands out a record with all its spans, and one without", async () => {
  const { recordIds, ...world } = await createSpanProject(test.db, { records: 2 });
  const [first = "", none = ""] = recordIds;
  const jobId = await addSpanJob(world, recordIds, [
    { recordId: first, value: ["city"], ...ROME, conf: 0.1 },
    { recordId: first, value: ["city"], ...OSLO, conf: 0.9 },
  ]);
  const { id } = await open(world, { jobIds: [jobId] });
  const given = await nextItem(test.db, world.member, { id });
  expect(given?.item.annotations).toMatchObject([
    { value: ["city"], ...ROME },
    { value: ["city"], ...OSLO },
  ]);
  const items = given?.item.annotations.map(({ annotationId }) => ({ annotationId, value: ["city"] })) ?? [];
  await writeVerifications(test.db, world.member, { sessionId: id, items });
  const last = await nextItem(test.db, world.member, { id });
  expect(last?.item).toMatchObject({ recordId: none, annotations: [{ value: [], start: null }] });
});

it("shows where other jobs marked the same words, and orders by where jobs differ", async () => {
  const { recordIds, ...world } = await createSpanProject(test.db, { records: 2 });
  const [same = "", other = ""] = recordIds;
  const one = await addSpanJob(world, recordIds, [
    { recordId: same, value: ["city"], ...ROME, conf: 0.1 },
    { recordId: other, value: ["city"], ...OSLO, conf: 0.9 },
  ]);
  const two = await addSpanJob(world, recordIds, [
    { recordId: same, value: ["city"], ...ROME },
    { recordId: other, value: ["land"], start: 8, end: 17 },
    { recordId: other, value: ["time"], start: 18, end: 26 },
  ]);
  const { id } = await open(world, { jobIds: [one, two], order: "disagreement" });
  const items = await itemsOf(world, id);
  expect(items.map(({ recordId }) => recordIds.indexOf(recordId))).toEqual([1, 1, 1, 0, 0]);
  const oslo = items.find(({ start }) => start === OSLO.start);
  expect(oslo?.others).toMatchObject([{ jobId: two, value: ["land"], start: 8, end: 17 }]);
});

it("keeps a verdict's borders: listed, in the item, and only what differs from the job's", async () => {
  const { recordIds, ...world } = await createSpanProject(test.db, { records: 1 });
  const recordId = recordIds[0] ?? "";
  const jobId = await addSpanJob(world, recordIds, [{ recordId, value: ["city"], ...ROME }]);
  const { id } = await open(world, { jobIds: [jobId] });
  const annotationId = (await itemsOf(world, id))[0]?.annotationId ?? "";
  const decide = async (verdict: object) =>
    (
      await writeVerifications(test.db, world.member, {
        sessionId: id,
        items: [{ annotationId, value: ["city"], ...verdict }],
      })
    ).items[0];
  expect(await decide({ start: 0, end: 6 })).toMatchObject({ status: "CORRECTS" });
  expect(await decide({ start: 0, end: 6 })).toMatchObject({ status: "CORRECTS" });
  expect(await decide({ start: 0, end: 6, value: [] })).toMatchObject({ error: { code: "invalid_value" } });
  const verdicts = async (history: boolean) =>
    (await listVerifications(test.db, world.member, { sessionId: id, limit: 10, history })).items;
  expect(await verdicts(true)).toMatchObject([{ status: "CORRECTS", value: ["city"], start: 0, end: 6 }]);
  expect((await itemsOf(world, id))[0]?.verdict).toMatchObject({ start: 0, end: 6 });
  expect(await decide(ROME)).toMatchObject({ status: "CONFIRMS" });
  expect(await verdicts(false)).toMatchObject([{ status: "CONFIRMS", start: null, end: null }]);
});

it("can't be blind, and needs a label of the schema that the job writes", async () => {
  const { recordIds, ...world } = await createSpanProject(test.db, { records: 1 });
  const jobId = await addSpanJob(world, recordIds, []);
  expect(await errorCode(open(world, { jobIds: [jobId], blindShare: 0.5 }))).toBe("invalid");
  expect(await errorCode(open(world, { jobIds: [jobId], label: "nope" }))).toBe("invalid");
  expect((await open(world, { jobIds: [jobId] })).counts.total).toBe(1);
});

it("hides what others mark in an independent session until one has decided on all in the text", async () => {
  const { recordIds, ...world } = await createSpanProject(test.db, { records: 1 });
  const recordId = recordIds[0] ?? "";
  const jobId = await addSpanJob(world, recordIds, [
    { recordId, value: ["city"], ...ROME },
    { recordId, value: ["city"], ...OSLO },
  ]);
  const { id } = await open(world, { jobIds: [jobId], mode: "independent" });
  const [ada, bo] = await Promise.all(
    ["Ada", "Bo"].map((name) => createMember(test.db, { project: world.project, role: "reviewer", name })),
  );
  if (!ada || !bo) throw new Error("nobody");
  const labels = [{ name: "places", value: ["time"], start: 18, end: 26 }];
  await writeAnnotations(test.db, ada, { items: [{ recordId, labels }] });
  const seenBy = async (who: ProjectActor) => {
    const { annotations = [] } = await getRecord(test.db, who, { id: recordId });
    return annotations.filter(({ annotator }) => annotator.kind === "user").length;
  };
  const items = await itemsOf(world, id);
  const seen = [await seenBy(ada), await seenBy(bo)];
  for (const { annotationId } of items) {
    await writeVerifications(test.db, bo, { sessionId: id, items: [{ annotationId, value: ["city"] }] });
    seen.push(await seenBy(bo));
  }
  expect(seen).toEqual([1, 0, 0, 1]);
});
