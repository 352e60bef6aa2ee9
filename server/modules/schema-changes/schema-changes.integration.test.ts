import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { writeAnnotations } from "@/server/modules/annotations";
import { findActiveSchema } from "@/server/modules/projects";
import { searchRecords } from "@/server/modules/search";
import { completeEnv } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { changeSchema, listMappings, mapLabels, previewSchemaChange, undoMapping } from ".";

let test: TestDatabase;
let world: LabelledProject;
let records: Map<string, string>;

beforeAll(async () => {
  completeEnv({ authSecret: "a secret for tests that is long enough" });
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const option = (value: string) => ({ value, text: value });
const label = (name: string, values: string[], more = {}) => ({
  name,
  level: "record",
  options: values.map(option),
  ...more,
});
const idOf = (externalId: string) => records.get(externalId) ?? "";

beforeEach(async () => {
  world = await createLabelledProject(test.db, {
    labels: [label("sentiment", ["pos", "neg", "neu"]), label("topic", ["a", "b"], { multi: true })],
  });
  records = await addRecords(
    world,
    ["r1", "r2", "r3", "r4"].map((externalId) => ({ externalId })),
  );
  await annotate({
    r1: { sentiment: ["neu"] },
    r2: { sentiment: ["pos"], topic: ["a", "b"] },
    r3: { sentiment: ["neu"] },
  });
  await addLabels(world, await addJob(world), [
    [idOf("r1"), ["neu"]],
    [idOf("r4"), ["neg"]],
  ]);
});

async function annotate(given: Record<string, Record<string, string[]>>) {
  await writeAnnotations(test.db, world.member, {
    items: Object.entries(given).map(([externalId, labels]) => ({
      recordId: idOf(externalId),
      labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
    })),
  });
}
const preview = (labelSchema: unknown) => previewSchemaChange(test.db, world.member, { labelSchema });
const change = (input: Parameters<typeof changeSchema>[2]) => changeSchema(test.db, world.member, input);
const run = (mappingId: string) =>
  mapLabels(test.db, { projectId: world.project.id, mappingId, signal: new AbortController().signal });
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) =>
      isAppError(error) ? { code: error.code, paths: error.errors?.map(({ path }) => path) } : error,
  );
const labelsNow = async () => {
  const found = await searchRecords(test.db, world.member, {
    limit: 100,
    include: ["annotations"],
    total: "fast",
  });
  return found.items.flatMap(({ externalId, annotations = [] }) =>
    annotations.map(
      ({ annotator, label: name, value }) => `${externalId} ${annotator.name} ${name}=${value.join("+")}`,
    ),
  );
};

describe("the effects of a change", () => {
  it("are whose labels would no longer fit, and on how many records", async () => {
    const {
      effects,
      records: affected,
      agents,
    } = await preview([label("sentiment", ["pos", "neg"]), label("topic", ["a", "b"])]);
    expect(effects.map(({ label: name, value, problem, labels }) => [name, value, problem, labels])).toEqual([
      ["sentiment", ["neu"], "option_removed", 3],
      ["topic", ["a", "b"], "single_now", 1],
    ]);
    expect(effects[0]?.annotators.map(({ kind, labels }) => [kind, labels])).toEqual([
      ["user", 2],
      ["job", 1],
    ]);
    expect(affected).toBe(3);
    expect(agents).toEqual([]);
  });

  it("are none when the schema only grows, nor for labels of deleted records", async () => {
    const grown = [
      label("sentiment", ["pos", "neg", "neu", "mixed"]),
      label("topic", ["a", "b"], { multi: true }),
    ];
    expect((await preview(grown)).effects).toEqual([]);
    await test.db.record.update({ where: { id: idOf("r3") }, data: { deletedAt: new Date() } });
    const { effects } = await preview([
      label("sentiment", ["pos", "neg"]),
      label("topic", ["a", "b"], { multi: true }),
    ]);
    expect(effects.map(({ labels }) => labels)).toEqual([2]);
  });

  it("are told only for a schema that can be used", async () => {
    expect(await problemOf(preview([label("sentiment", [])]))).toMatchObject({ code: "invalid_schema" });
  });
});

describe("a change", () => {
  const without = [label("sentiment", ["pos", "neg"]), label("topic", ["a", "b"], { multi: true })];

  it("makes a worklist of the records to label again", async () => {
    const { version, worklist } = await change({ labelSchema: without, worklist: "Sentiment again" });
    expect([version, worklist?.name, worklist?.count]).toEqual([2, "Sentiment again", 2]);
    const found = await searchRecords(test.db, world.member, {
      query: { subset: worklist?.id ?? "" },
      limit: 10,
      include: [],
      total: "fast",
    });
    expect(found.items.map(({ externalId }) => externalId)).toEqual(["r1", "r3"]);
    expect((await change({ labelSchema: without, worklist: "None" })).worklist).toBeNull();
  });

  it("maps old values beside the old labels, which stay; once, however often it runs; and can be undone", async () => {
    const before = await labelsNow();
    const { mapping } = await change({
      labelSchema: without,
      map: [{ label: "sentiment", from: ["neu"], to: ["neg"] }],
    });
    const id = mapping?.id ?? "";
    expect(await problemOf(undoMapping(test.db, world.member, { id }))).toMatchObject({ code: "conflict" });
    await run(id);
    await test.db.schemaMapping.updateMany({ data: { status: "running" } });
    await run(id);
    const mapped = (await labelsNow()).filter((one) => !before.includes(one));
    expect(mapped.toSorted()).toEqual([
      "r1 Ada (mapped to version 2) sentiment=neg",
      "r1 Agent (mapped to version 2) sentiment=neg",
      "r3 Ada (mapped to version 2) sentiment=neg",
    ]);
    expect(await labelsNow()).toEqual(expect.arrayContaining(before));
    const ids = await test.db.annotation.findMany({
      where: { projectId: world.project.id, annotator: { kind: "imported" } },
      select: { id: true, annotatorId: true },
    });
    for (const { id: one, annotatorId } of ids)
      expect([one, annotatorId].every((given) => z.uuid().safeParse(given).success)).toBe(true);
    const { items } = await listMappings(test.db, world.member);
    expect(items.map(({ status, mapped: count }) => [status, count])).toEqual([["succeeded", 3]]);
    expect(await undoMapping(test.db, world.member, { id })).toEqual({ removed: 3 });
    expect((await labelsNow()).toSorted()).toEqual(before.toSorted());
    expect(await undoMapping(test.db, world.member, { id })).toEqual({ removed: 0 });
  });

  it("copies nothing once the person who began it may no longer change the schema", async () => {
    const { mapping } = await change({
      labelSchema: without,
      map: [{ label: "sentiment", from: ["neu"], to: ["neg"] }],
    });
    const before = await labelsNow();
    const { userId } = world.member;
    await test.db.membership.updateMany({ where: { userId }, data: { role: "reviewer" } });
    await run(mapping?.id ?? "");
    expect((await listMappings(test.db, world.member)).items).toMatchObject([
      { status: "failed", mapped: 0 },
    ]);
    expect(await labelsNow()).toEqual(before);
  });

  it("names each wrong rule, and saves nothing then", async () => {
    const wrong = change({
      labelSchema: without,
      worklist: "Never made",
      map: [
        { label: "mood", from: ["neu"], to: ["neg"] },
        { label: "sentiment", from: ["neu"], to: ["neu"] },
        { label: "sentiment", from: ["pos"], to: ["pos", "neg"] },
        { label: "sentiment", from: ["pos"], to: ["pos"] },
        { label: "sentiment", from: ["neg"], toLabel: "mood", to: ["neg"] },
      ],
    });
    expect(await problemOf(wrong)).toEqual({
      code: "invalid_mapping",
      paths: ["map.0.label", "map.1.to", "map.2.to", "map.3", "map.4.toLabel"],
    });
    expect((await findActiveSchema(test.db, world.member))?.version).toBe(1);
    expect(await test.db.subset.count({ where: { projectId: world.project.id } })).toBe(0);
  });

  it("can't be undone from another project", async () => {
    const { mapping } = await change({
      labelSchema: without,
      map: [{ label: "sentiment", from: ["neu"], to: ["neg"] }],
    });
    await run(mapping?.id ?? "");
    const other = await createLabelledProject(test.db);
    const stranger = await createMember(test.db, { project: other.project, role: "administrator" });
    expect(await problemOf(undoMapping(test.db, stranger, { id: mapping?.id ?? "" }))).toMatchObject({
      code: "not_found",
    });
  });
});
