import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Query, SortKey } from "@/contracts/query";
import type { ProjectActor } from "@/server/modules/access";
import { newId } from "@/server/platform/ids";
import { queryRows } from "@/server/platform/sql";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { createTestProject } from "@/server/testing/projects";
import { countRecords, parseQuery, selectRecordIds } from ".";
import { evaluateQuery } from "./testing/evaluate-query";
import { randomQuery } from "./testing/random-query";
import { randomSort } from "./testing/random-sort";
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
      assigned: world.assigned.get(annotator.userId) ?? [],
      shownMetadata: ["price"],
    };
    settings.push({ team, annotator, world, theirs: { world, viewer } });
  }
  const [, setting] = settings;
  if (!setting) throw new Error("no project");
  return setting;
}

type Asked = { query: Query; sort: SortKey[] };

async function find(actor: ProjectActor, { query, sort }: Asked): Promise<string[]> {
  const select = await selectRecordIds(test.db, actor, parseQuery(query), { sort });
  const rows = await queryRows<{ id: string; ordinal: number }>(test.db, select);
  expect(rows.map(({ ordinal }) => ordinal)).toEqual(rows.map((_, index) => index));
  return rows.map(({ id }) => id);
}

/** Several at a time, since most of a search is waiting. */
const AT_ONCE = 8;

/** Those of many random questions that find something else, or in another order, than they mean. */
async function wronglyAnswered(
  actor: ProjectActor,
  eyes: Eyes,
  { seed, count }: { seed: number; count: number },
) {
  const { world } = eyes;
  const asked = fc.sample(fc.record({ query: randomQuery(world), sort: randomSort(world) }), {
    seed,
    numRuns: count,
  });
  const wrong: { asked: Asked; found: string[]; expected: string[] }[] = [];
  let hits = 0;
  for (let at = 0; at < asked.length; at += AT_ONCE)
    await Promise.all(
      asked.slice(at, at + AT_ONCE).map(async (one, index) => {
        const expected = evaluateQuery(one.query, eyes, one.sort);
        const found = await find(actor, one);
        if (found.length > 0 && found.length < world.records.length) hits += 1;
        if (index === 0) expect(await countRecords(test.db, actor, one.query)).toBe(expected.length);
        if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push({ asked: one, found, expected });
      }),
    );
  // The shortest says most.
  wrong.sort((a, b) => JSON.stringify(a.asked).length - JSON.stringify(b.asked).length);
  return { wrong: wrong.slice(0, 3), hits };
}

describe("a random query on random records", () => {
  it.each([1, 2, 3])(
    "finds for the team exactly what it means, in order (seed %i)",
    { timeout: 90_000 },
    async (seed) => {
      const { team, world } = await newSetting(seed);
      const answered = await wronglyAnswered(team, { world, viewer: { kind: "team" } }, { seed, count: 500 });
      expect(answered.wrong).toEqual([]);
      expect(answered.hits).toBeGreaterThan(150);
    },
  );

  it.each([4, 5])(
    "finds for an annotator only what they may know of (seed %i)",
    { timeout: 90_000 },
    async (seed) => {
      const { annotator, world, theirs } = await newSetting(seed);
      expect(evaluateQuery(null, theirs).length).toBeGreaterThan(0);
      expect(evaluateQuery(null, theirs).length).toBeLessThan(world.records.length);
      const answered = await wronglyAnswered(annotator, theirs, { seed, count: 300 });
      expect(answered.wrong).toEqual([]);
      expect(answered.hits).toBeGreaterThan(80);
    },
  );
});
