import { afterAll, beforeAll, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { getRecord } from "@/server/modules/search";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { deleteRecord, putMetadata } from ".";

let test: TestDatabase;
let actor: ProjectActor;
const ids = [newId(), newId()] as const;
beforeAll(async () => {
  test = await createTestDatabase();
  actor = (await createTestProject(test.db)).administrator;
  await test.db.record.createMany({
    data: ids.map((id, position) => ({
      id,
      projectId: actor.projectId,
      externalId: `e${position}`,
      content: "text",
      position,
      metadata: { kept: 1 },
    })),
  });
});
afterAll(() => test.drop());

const metadataOf = async (id: string) => (await getRecord(test.db, actor, { id })).metadata;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error: unknown) => (isAppError(error) ? [error.code, error.errors?.[0]?.path] : [String(error)]),
  );

it("sets one metadata name on many records and counts what changed", async () => {
  const values = [
    { recordId: ids[0], value: 2.5 },
    { externalId: "e1", value: "two" },
  ];
  expect(await putMetadata(test.db, actor, { name: "price", values })).toEqual({ updated: 2, unchanged: 0 });
  expect(await putMetadata(test.db, actor, { name: "price", values })).toEqual({ updated: 0, unchanged: 2 });
  expect([await metadataOf(ids[0]), await metadataOf(ids[1])]).toEqual([
    { kept: 1, price: 2.5 },
    { kept: 1, price: "two" },
  ]);
  expect(
    await test.db.metadataName.findMany({
      where: { projectId: actor.projectId },
      select: { name: true, type: true, visibility: true },
    }),
  ).toEqual([{ name: "price", type: "json", visibility: "team" }]);
  await putMetadata(test.db, actor, { name: "price", values: [{ externalId: "e1", value: null }] });
  expect(await metadataOf(ids[1])).toEqual({ kept: 1 });
});

it("refuses unknown records, the same record twice and long values, and writes nothing", async () => {
  const first = { recordId: ids[0], value: "new" };
  const put = (other: { recordId?: string; externalId?: string; value: string }) =>
    refusal(putMetadata(test.db, actor, { name: "tag", values: [first, other] }));
  const foreign = (await createTestProject(test.db)).administrator;
  expect(await put({ recordId: newId(), value: "x" })).toEqual(["not_found", "values.1"]);
  expect(await put({ externalId: "unknown", value: "x" })).toEqual(["not_found", "values.1"]);
  expect(await put({ externalId: "e0", value: "x" })).toEqual(["invalid", "values.1"]);
  expect(await put({ externalId: "e1", value: "x".repeat(10_001) })).toEqual(["too_long", "values.1"]);
  expect(await refusal(putMetadata(test.db, foreign, { name: "tag", values: [first] }))).toEqual([
    "not_found",
    "values.0",
  ]);
  expect(await metadataOf(ids[0])).not.toHaveProperty("tag");
});

it("takes a deleted record out of sight, once", async () => {
  await deleteRecord(test.db, actor, { id: ids[1] });
  expect(await refusal(getRecord(test.db, actor, { id: ids[1] }))).toEqual(["not_found", undefined]);
  expect(await refusal(deleteRecord(test.db, actor, { id: ids[1] }))).toEqual(["not_found", undefined]);
});
