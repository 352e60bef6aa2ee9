import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { listHistory } from "@/server/modules/history";
import { putSchema } from "@/server/modules/projects";
import { getRecord } from "@/server/modules/search";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { createTestProject } from "@/server/testing/projects";
import { writeAnnotations } from ".";

let test: TestDatabase;
let actor: ProjectActor;
let project: { id: string; slug: string };
let recordIds: string[];
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const options = ["pos", "neg", "neu"].map((value) => ({ value, text: value }));
beforeEach(async () => {
  ({ project, administrator: actor } = await createTestProject(test.db));
  await putSchema(test.db, actor, {
    labelSchema: [
      { name: "sentiment", level: "record", options },
      { name: "topics", level: "record", multi: true, options },
      { name: "parts", level: "span", options },
    ],
  });
  recordIds = [newId(), newId()];
  await test.db.record.createMany({
    data: recordIds.map((id, position) => ({
      id,
      projectId: project.id,
      externalId: `e${position}`,
      content: "😀 fine",
      position,
    })),
  });
});

type Labels = Parameters<typeof writeAnnotations>[2]["items"][number]["labels"];
const write = (labels: Labels, who = actor, recordId = recordIds[0] ?? "") =>
  writeAnnotations(test.db, who, { items: [{ recordId, labels }] });
const labelsOf = async (who = actor) =>
  ((await getRecord(test.db, who, { id: recordIds[0] ?? "" })).annotations ?? []).map(
    ({ label, value, start, end, annotator }) => ({ label, value, start, end, by: annotator.id }),
  );
const problemsOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error: unknown) =>
      isAppError(error) ? [error.code, ...(error.errors ?? []).map(({ path }) => path)] : [String(error)],
  );

describe("labels by a person", () => {
  it("replace that person's labels of the names given and nothing else", async () => {
    const other = await createMember(test.db, { project, role: "reviewer" });
    await write([{ name: "sentiment", value: ["neg"] }], other);
    await write([
      { name: "sentiment", value: ["pos"] },
      { name: "topics", value: ["pos", "neg", "pos"] },
      { name: "parts", value: ["pos"], start: 0, end: 1 },
      { name: "parts", value: ["neu"], start: 2, end: 6 },
    ]);
    await write([
      { name: "sentiment", value: ["neu"] },
      { name: "parts", value: ["neg"], start: 2, end: 6 },
    ]);
    expect(await labelsOf()).toEqual([
      { label: "parts", value: ["neg"], start: 2, end: 6, by: actor.userId },
      { label: "sentiment", value: ["neg"], by: other.userId },
      { label: "sentiment", value: ["neu"], by: actor.userId },
      { label: "topics", value: ["neg", "pos"], by: actor.userId },
    ]);
    await write([
      { name: "parts", value: [] },
      { name: "sentiment", value: [] },
    ]);
    expect((await labelsOf()).map(({ label }) => label)).toEqual(["sentiment", "topics"]);
  });

  it("keep every change in the history, and only changes", async () => {
    const answer = await write([{ name: "sentiment", value: ["pos"] }]);
    expect(answer.items[0]?.labels).toMatchObject([{ name: "sentiment", value: ["pos"] }]);
    await write([{ name: "sentiment", value: ["pos"] }]);
    await write([{ name: "sentiment", value: ["neg"] }]);
    await write([{ name: "sentiment", value: [] }]);
    await write([{ name: "sentiment", value: [] }]);
    const { items } = await listHistory(test.db, actor, { id: recordIds[0] ?? "", limit: 50 });
    expect(items.map(({ value, before }) => [before, value])).toEqual([
      [["neg"], null],
      [["pos"], ["neg"]],
      [null, ["pos"]],
    ]);
  });

  it("written from several windows at once end as one of them, whole", async () => {
    const spans = (count: number) =>
      Array.from({ length: count }, (_, start) => ({ name: "parts", value: ["pos"], start, end: start + 1 }));
    await Promise.all([1, 2, 3, 4, 5].map((count) => write(spans(count))));
    const starts = (await labelsOf()).map(({ start }) => start);
    expect(starts).toEqual(starts.map((_, index) => index));
    expect(starts.length).toBeGreaterThan(0);
  });

  it.each<[string, Labels, string[]]>([
    ["an unknown label", [{ name: "mood", value: ["pos"] }], ["name"]],
    ["an unknown option", [{ name: "topics", value: ["pos", "good"] }], ["value.1"]],
    ["two options where one is allowed", [{ name: "sentiment", value: ["pos", "neg"] }], ["value"]],
    ["a place for a record label", [{ name: "sentiment", value: ["pos"], start: 0, end: 1 }], ["start"]],
    ["a span without a place", [{ name: "parts", value: ["pos"] }], ["start"]],
    ["a span that ends before it starts", [{ name: "parts", value: ["pos"], start: 3, end: 3 }], ["end"]],
    ["a span beyond the text", [{ name: "parts", value: ["pos"], start: 0, end: 7 }], ["end"]],
  ])("are refused with %s, and nothing is written", async (_what, wrong, paths) => {
    const labels = [{ name: "topics", value: ["pos"] }, ...wrong].slice(wrong[0]?.name === "topics" ? 1 : 0);
    const at = `items.0.labels.${labels.length - 1}`;
    expect(await problemsOf(write(labels))).toEqual([
      "invalid_value",
      ...paths.map((path) => `${at}.${path}`),
    ]);
    expect(await labelsOf()).toEqual([]);
  });

  it("are refused when a record or a label stands twice", async () => {
    const once = { recordId: recordIds[0] ?? "", labels: [{ name: "sentiment", value: ["pos"] }] };
    expect(await problemsOf(writeAnnotations(test.db, actor, { items: [once, once] }))).toEqual([
      "invalid_value",
      "items.1.recordId",
    ]);
    const label = { name: "sentiment", value: ["pos"] };
    expect(await problemsOf(write([label, label]))).toEqual(["invalid_value", "items.0.labels.1"]);
  });

  it("reach only records of the project, and for an annotator those assigned", async () => {
    const labels = [{ name: "sentiment", value: ["pos"] }];
    const stranger = (await createTestProject(test.db)).administrator;
    await putSchema(test.db, stranger, { labelSchema: [{ name: "sentiment", level: "record", options }] });
    expect(await problemsOf(write(labels, stranger))).toEqual(["not_found", "items.0.recordId"]);

    const annotator = await createMember(test.db, { project, role: "annotator" });
    expect(await problemsOf(write(labels, annotator))).toEqual(["not_found", "items.0.recordId"]);
    const subsetId = newId();
    await test.db.subset.create({
      data: {
        id: subsetId,
        projectId: project.id,
        name: "First",
        kind: "static",
        createdById: actor.userId,
        records: { create: { recordId: recordIds[0] ?? "" } },
        assignments: { create: { id: newId(), userId: annotator.userId, assignedById: actor.userId } },
      },
    });
    await write(labels);
    await write(labels, annotator);
    expect((await labelsOf(annotator)).map(({ by }) => by)).toEqual([annotator.userId]);
    const { items } = await listHistory(test.db, annotator, { id: recordIds[0] ?? "", limit: 50 });
    expect(items.map(({ by }) => by.id)).toEqual([annotator.userId]);
    expect(await problemsOf(write(labels, annotator, recordIds[1]))).toEqual([
      "not_found",
      "items.0.recordId",
    ]);
  });
});
