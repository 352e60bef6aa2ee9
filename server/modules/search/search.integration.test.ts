import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Query } from "@/contracts/query";
import type { ProjectActor } from "@/server/modules/access";
import { newId } from "@/server/platform/ids";
import { queryRows } from "@/server/platform/sql";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { createTestProject } from "@/server/testing/projects";
import { countRecords, parseQuery, selectRecordIds } from ".";
import { evaluateQuery } from "./testing/evaluate-query";
import { randomQuery } from "./testing/random-query";
import { randomWorld } from "./testing/random-world";
import { storeWorld } from "./testing/store-world";
import type { Eyes, World } from "./testing/world";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

type Setting = { team: ProjectActor; annotator: ProjectActor; world: World; theirs: Eyes };

/** A random project with a twin beside it that has the same texts, labels and external ids. */
async function newSetting(seed: number): Promise<Setting> {
  const settings: Setting[] = [];
  for (const _ of ["twin", "project"]) {
    const { project, administrator: team } = await createTestProject(test.db);
    const annotator = await createMember(test.db, { project, role: "annotator" });
    const world = randomWorld({ seed, projectId: project.id, userIds: [newId(), annotator.userId] });
    await storeWorld(test.db, world, team.userId);
    const [shared = "", ...whole] = [...world.subsets.keys()].filter((_id, index) => index !== 2);
    const assigned = [
      ...whole.map((subsetId) => ({ id: newId(), subsetId, frozen: false })),
      ...[...world.shares.keys()].map((id) => ({ id, subsetId: shared, frozen: true })),
    ];
    await test.db.assignment.createMany({
      data: assigned.map(({ id, subsetId, frozen }) => ({
        id,
        projectId: project.id,
        subsetId,
        userId: annotator.userId,
        assignedById: team.userId,
        mode: frozen ? ("split" as const) : ("all" as const),
      })),
    });
    await test.db.assignmentRecord.createMany({
      data: [...world.shares].flatMap(([assignmentId, ids]) =>
        [...ids].map((recordId) => ({ projectId: project.id, assignmentId, recordId })),
      ),
    });
    await test.db.metadataName.createMany({
      data: ["price", "tag"].map((name, position) => ({
        projectId: project.id,
        name,
        position,
        type: "json",
        visibility: name === "price" ? ("shown" as const) : ("gold" as const),
      })),
    });
    const viewer = {
      kind: "annotator" as const,
      userId: annotator.userId,
      assigned,
      shownMetadata: ["price"],
    };
    settings.push({ team, annotator, world, theirs: { world, viewer } });
  }
  const [, setting] = settings;
  if (!setting) throw new Error("no project");
  return setting;
}

async function find(actor: ProjectActor, query: Query | null): Promise<string[]> {
  const select = await selectRecordIds(test.db, actor, query);
  const rows = await queryRows<{ id: string; ordinal: number }>(test.db, select);
  expect(rows.map(({ ordinal }) => ordinal)).toEqual(rows.map((_, index) => index));
  return rows.map(({ id }) => id);
}

describe("a random query on random records", () => {
  it.each([1, 2, 3])("finds for the team exactly what it means (seed %i)", async (seed) => {
    const { team, world } = await newSetting(seed);
    const eyes: Eyes = { world, viewer: { kind: "team" } };
    await fc.assert(
      fc.asyncProperty(randomQuery(world), async (query) => {
        const expected = evaluateQuery(query, eyes);
        expect(await find(team, parseQuery(query))).toEqual(expected);
        expect(await countRecords(test.db, team, query)).toBe(expected.length);
      }),
      { numRuns: 80 },
    );
  });

  it.each([4, 5])("finds for an annotator only what they may know of (seed %i)", async (seed) => {
    const { annotator, world, theirs } = await newSetting(seed);
    expect(evaluateQuery(null, theirs).length).toBeGreaterThan(0);
    expect(evaluateQuery(null, theirs).length).toBeLessThan(world.records.length);
    await fc.assert(
      fc.asyncProperty(randomQuery(world), async (query) => {
        expect(await find(annotator, parseQuery(query))).toEqual(evaluateQuery(query, theirs));
      }),
      { numRuns: 80 },
    );
  });
});
