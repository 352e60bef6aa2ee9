import { afterAll, beforeAll, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { writeAnnotations } from "@/server/modules/annotations";
import { writeVerifications } from "@/server/modules/verification";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { addSpanJob, createSpanProject, OSLO, ROME } from "@/server/testing/span-project";
import { createAggregation, getAggregation, previewAggregation } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const NIGHT = { start: 18, end: 26 };

async function finalSpans(
  actor: ProjectActor,
  policy: "verified-first" | "majority",
  recordIds: readonly string[],
) {
  const { id, counts } = await createAggregation(test.db, actor, { label: "places", policy });
  const { items } = await getAggregation(test.db, actor, { id, limit: 100, show: "all" });
  const of = (recordId: string) => items.find((item) => item.recordId === recordId);
  return {
    counts,
    items: recordIds.map(of),
    spans: recordIds.map((recordId) =>
      of(recordId)?.spans?.map(({ start, end, value, source }) => [start, end, ...value, source]),
    ),
  };
}

it("has a corrected span corrected, not a rejected one, and those that a person added", async () => {
  const { recordIds, ...world } = await createSpanProject(test.db, { records: 4 });
  const [moved = "", rejected = "", missed = "", untouched = ""] = recordIds;
  const spans = [moved, rejected, untouched].map((recordId) => ({ recordId, value: ["city"], ...ROME }));
  const jobId = await addSpanJob(world, recordIds, [...spans, { recordId: moved, value: ["land"], ...OSLO }]);
  const ada = await createMember(test.db, { project: world.project, role: "reviewer", name: "Ada" });
  const idOf = async (recordId: string, start = ROME.start) =>
    (await test.db.annotation.findFirstOrThrow({ where: { recordId, annotatorId: jobId, start } })).id;
  await writeVerifications(test.db, ada, {
    items: [
      { annotationId: await idOf(moved), value: ["city"], start: 0, end: 6 },
      { annotationId: await idOf(moved, OSLO.start), value: ["city"] },
      { annotationId: await idOf(rejected), value: [] },
    ],
  });
  await writeAnnotations(test.db, ada, {
    items: [{ recordId: missed, labels: [{ name: "places", value: ["time"], ...NIGHT }] }],
  });
  const first = await finalSpans(ada, "verified-first", recordIds);
  expect(first.spans).toEqual([
    [
      [0, 6, "city", "verdict"],
      [13, 17, "city", "verdict"],
    ],
    [],
    [[18, 26, "time", "own"]],
    [[2, 6, "city", "majority"]],
  ]);
  expect(first.items.map((item) => item?.value)).toEqual([["city"], null, ["time"], ["city"]]);
  expect(first.items[0]).toMatchObject({
    spans: [{ verifier: { id: ada.userId, name: "Ada" }, annotators: [jobId], votes: 0 }, {}],
    provenance: { source: "verdict", jobs: [{ jobId, agentVersion: 1 }] },
  });
  expect(first.counts).toMatchObject({
    records: 4,
    decided: 4,
    verified: 3,
    distribution: { city: 2, time: 1 },
  });
  expect(await previewAggregation(test.db, ada, { label: "places", policy: "verified-first" })).toMatchObject(
    {
      changes: { added: 0, changed: 0, removed: 0 },
    },
  );
  // Without heed to verdicts the job stands where it is alone, and so does Ada, who is alone in the third.
  const majority = await finalSpans(ada, "majority", recordIds);
  expect(majority.spans.map((list) => list?.length)).toEqual([2, 1, 1, 1]);
});

it("by majority, has a place when more than half of those who looked agree on it", async () => {
  const { recordIds, ...world } = await createSpanProject(test.db, { records: 2 });
  const [one = "", two = ""] = recordIds;
  const rome = { recordId: one, value: ["city"], ...ROME };
  await addSpanJob(world, recordIds, [rome, { recordId: two, value: ["city"], ...ROME }]);
  await addSpanJob(world, recordIds, [
    rome,
    { recordId: one, value: ["city"], ...OSLO },
    { recordId: two, value: ["land"], ...ROME },
  ]);
  await addSpanJob(world, [one], [{ recordId: one, value: ["time"], ...NIGHT }]);
  const { spans, items } = await finalSpans(world.member, "majority", recordIds);
  expect(spans).toEqual([[[2, 6, "city", "majority"]], []]);
  expect(items[0]).toMatchObject({ confidence: 2 / 3, spans: [{ votes: 2 }] });
});
