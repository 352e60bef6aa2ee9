import { PGlite } from "@electric-sql/pglite";
import { vector as pgvector } from "@electric-sql/pglite/vector";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonValue } from "@/contracts/common";
import type { ProjectActor } from "@/server/modules/access";
import { deleteVectorSpace, listVectorSpaces, putVectors } from "@/server/modules/records";
import { vectorIndexStatement } from "@/server/modules/records/vectors/build-vector-index";
import { writeVectors } from "@/server/modules/records/vectors/write-vectors";
import { assignSubset, createSubset } from "@/server/modules/subsets";
import { completeEnv } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { rawSql, renderSql } from "@/server/platform/sql";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { createTestProject } from "@/server/testing/projects";
import { seededRandom } from "@/server/testing/seeded-random";
import { searchRecords, similarRecords } from "..";
import { EXACT } from "./nearest-vectors";
import { signatureOf } from "./signature";
import { nearestByIndexSql, vectorIndexName } from "./vector-index";

let test: TestDatabase;
beforeAll(async () => {
  completeEnv({ authSecret: "a secret for tests that is long enough" });
  test = await createTestDatabase();
});
afterAll(() => test.drop());

type World = { project: { id: string; slug: string }; administrator: ProjectActor };

async function worldOf(contents: readonly string[]): Promise<World & { ids: string[] }> {
  const made = await createTestProject(test.db);
  const ids = contents.map(() => newId());
  await test.db.record.createMany({
    data: contents.map((content, at) => ({
      id: ids[at] ?? "",
      projectId: made.project.id,
      externalId: `r${at}`,
      content,
      position: at,
    })),
  });
  return { ...made, ids };
}

const near = (
  actor: ProjectActor,
  recordIds: string[],
  more: Partial<Parameters<typeof similarRecords>[2]> = {},
) => similarRecords(test.db, actor, { recordIds, limit: 10, include: [], ...more });
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isAppError(error) ? [error.code, error.errors?.[0]?.path] : error),
  );

const randomVectors = (count: number, dimensions: number, seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: dimensions }, () => Math.fround(random() * 2 - 1)),
  );
};
const cosine = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0) / (Math.hypot(...a) * Math.hypot(...b));

/** By the definition: every other one, nearest first. */
function expectedOrder(
  vectors: readonly (readonly number[])[],
  ids: readonly string[],
  asked: readonly number[],
) {
  return vectors
    .flatMap((vector, at) =>
      asked.includes(at)
        ? []
        : [
            {
              id: ids[at] ?? "",
              similarity: Math.max(...asked.map((one) => cosine(vector, vectors[one] ?? []))),
            },
          ],
    )
    .toSorted((a, b) => b.similarity - a.similarity);
}

describe("by vectors", () => {
  it("finds the nearest of all, to one record or several, as the definition has them", async () => {
    const vectors = randomVectors(60, 12, 1);
    const { administrator, ids } = await worldOf(vectors.map((_, at) => `text ${at}`));
    await putVectors(test.db, administrator, {
      name: "v",
      values: vectors.map((vector, at) => ({ externalId: `r${at}`, vector })),
    });
    for (const asked of [[0], [7], [3, 21, 40]]) {
      const found = await near(
        administrator,
        asked.map((at) => ids[at] ?? ""),
        { metadata: "v" },
      );
      const expected = expectedOrder(vectors, ids, asked).slice(0, 10);
      expect(found.items.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      for (const [at, { similarity }] of found.items.entries())
        expect(similarity).toBeCloseTo(expected[at]?.similarity ?? 9, 5);
      expect([found.method, found.metadata, found.compared]).toEqual(["exact", "v", 60 - asked.length]);
    }
  });

  it("finds nearly all true neighbours by signatures where there are too many to compare", async () => {
    const count = EXACT + 1000;
    // Around centres, as texts are around subjects.
    const centres = randomVectors(40, 24, 2);
    const vectors = randomVectors(count, 24, 3).map((noise, at) =>
      noise.map((value, place) => Math.fround((centres[at % 40]?.[place] ?? 0) + value * 0.6)),
    );
    const { project, administrator, ids } = await worldOf(vectors.map((_, at) => `text ${at}`));
    await writeVectors(
      test.db,
      { projectId: project.id, name: "v", source: "given", model: null },
      vectors.map((vector, at) => ({ recordId: ids[at] ?? "", vector })),
    );
    let hits = 0;
    for (let at = 0; at < 10; at++) {
      const found = await near(administrator, [ids[at] ?? ""]);
      expect(found.method).toBe("signature");
      const expected = new Set(
        expectedOrder(vectors, ids, [at])
          .slice(0, 10)
          .map(({ id }) => id),
      );
      hits += found.items.filter(({ id }) => expected.has(id)).length;
    }
    expect(hits / 100).toBeGreaterThanOrEqual(0.95);
  });

  it("refuses vectors that can't be compared, naming each", async () => {
    const { administrator } = await worldOf(["a", "b"]);
    const put = (values: { externalId: string; vector: number[] }[]) =>
      problemOf(putVectors(test.db, administrator, { name: "v", values }));
    expect(await put([{ externalId: "r0", vector: [0, 0] }])).toEqual(["invalid", "values.0"]);
    expect(
      await put([
        { externalId: "r0", vector: [1, 2] },
        { externalId: "r1", vector: [1] },
      ]),
    ).toEqual(["invalid", "values.1"]);
    expect(await put([{ externalId: "r0", vector: [1e39, 2] }])).toEqual(["invalid", "values.0"]);
    expect(await put([{ externalId: "r0", vector: [3.3e38, 3.3e38] }])).toEqual(["invalid", "values.0"]);
    expect(await put([{ externalId: "r0", vector: [1e-60, 0] }])).toEqual(["invalid", "values.0"]);
    // What single precision has no room for beside a number is 0 there.
    expect(await put([{ externalId: "r0", vector: [1e-60, 1e-40] }])).toBeNull();
    expect(await put([{ externalId: "none", vector: [1, 2] }])).toEqual(["not_found", "values.0"]);
    expect(await put([{ externalId: "r0", vector: [1, 2] }])).toBeNull();
    expect(await put([{ externalId: "r1", vector: [1, 2, 3] }])).toEqual(["invalid", "name"]);
  });
});

describe("the names of vectors", () => {
  it("are not told to annotators, and let go of their index", async () => {
    const { project, administrator } = await worldOf(["a"]);
    const annotator = await createMember(test.db, { project, role: "annotator" });
    const put = (vector: number[]) =>
      putVectors(test.db, administrator, { name: "v", values: [{ externalId: "r0", vector }] });
    await put([1, 2]);
    expect((await listVectorSpaces(test.db, administrator)).items).toMatchObject([{ name: "v", records: 1 }]);
    expect(await listVectorSpaces(test.db, annotator)).toEqual({ items: [] });
    const index = vectorIndexName({ projectId: project.id, name: "v" });
    // As pgvector's would be: it takes vectors of one length alone.
    await test.pool.query(`create index "${index}" on "RecordVector" ((1 / (3 - cardinality("values"))))`);
    await deleteVectorSpace(test.db, administrator, { name: "v" });
    expect(await put([1, 2, 3])).toEqual({ written: 1 });
  });
});

describe("by wording", () => {
  const texts = [
    "My luggage was lost in Denver and nobody called back",
    "Luggage lost again in Denver, nobody called",
    "The crew was lovely and the landing smooth",
    "lost LUGGAGE",
    "ok",
  ];

  it("compares words where there are no vectors, unless vectors were asked for", async () => {
    const { administrator, ids } = await worldOf(texts);
    const found = await near(administrator, [ids[0] ?? ""]);
    expect(found.items.map(({ externalId }) => externalId)).toEqual(["r1", "r3"]);
    expect([found.method, found.metadata]).toEqual(["text", null]);
    expect(await problemOf(near(administrator, [ids[0] ?? ""], { metadata: "v" }))).toEqual([
      "invalid",
      "metadata",
    ]);
    expect((await near(administrator, [ids[4] ?? ""])).items).toEqual([]);
  });

  it("sees only what the asker may see", async () => {
    const { project, administrator, ids } = await worldOf(texts);
    const annotator = await createMember(test.db, { project, role: "annotator" });
    expect(await problemOf(near(annotator, [ids[0] ?? ""]))).toEqual(["not_found", "recordIds.0"]);
    const other = await worldOf(texts);
    expect(await problemOf(near(administrator, [other.ids[0] ?? ""]))).toEqual(["not_found", "recordIds.0"]);
  });
});

describe("the condition similarTo", () => {
  it("holds for the nearest, also negated and inside a live subset", async () => {
    const { administrator, ids } = await worldOf([
      "lost luggage here",
      "lost luggage there",
      "fine",
      "luggage found",
    ]);
    const query = { similarTo: { recordId: ids[0] ?? "", limit: 1 } };
    const find = async (asked: Record<string, unknown>) =>
      (
        await searchRecords(test.db, administrator, {
          query: asked as never,
          limit: 10,
          include: [],
          total: "fast",
        })
      ).items.map(({ externalId }) => externalId);
    expect(await find(query)).toEqual(["r1"]);
    expect(await find({ not: query })).toEqual(["r0", "r2", "r3"]);
    const { id } = await createSubset(test.db, administrator, { name: "near", kind: "live", query });
    expect(await find({ subset: id })).toEqual(["r1"]);
    await test.db.record.update({ where: { id: ids[0] ?? "" }, data: { deletedAt: new Date() } });
    expect(await find({ subset: id })).toEqual([]);
    expect(await problemOf(find(query))).toEqual(["invalid_query", "query.similarTo"]);
  });

  it("in a live subset is about all records, in an annotator's own question about theirs", async () => {
    const { project, administrator, ids } = await worldOf([
      "lost luggage here",
      "lost luggage there",
      "lost luggage everywhere",
      "luggage found",
    ]);
    const annotator = await createMember(test.db, { project, role: "annotator" });
    const query = { similarTo: { recordId: ids[0] ?? "", limit: 2 } };
    const near = await createSubset(test.db, administrator, { name: "near", kind: "live", query });
    await assignSubset(test.db, administrator, { id: near.id, userIds: [annotator.userId] });
    const find = async (asked?: Record<string, JsonValue>) =>
      (await searchRecords(test.db, annotator, { query: asked, sort: [], limit: 10 })).items.map(
        ({ externalId }) => externalId,
      );
    expect(near.count).toBe(2);
    expect(await find()).toEqual(["r1", "r2"]);
    // The record itself is not among those that they reach.
    expect(await problemOf(find(query))).toEqual(["invalid_query", "query.similarTo"]);
    const own = { similarTo: { recordId: ids[1] ?? "", limit: 2 } };
    expect(await find(own)).toEqual(["r2"]);
  });

  it("can't stand in a query more often than can be answered", async () => {
    const { administrator, ids } = await worldOf(["lost luggage here"]);
    const similarTo = { recordId: ids[0] ?? "", limit: 1 };
    const query = { or: Array.from({ length: 21 }, () => ({ similarTo })) };
    expect(await problemOf(searchRecords(test.db, administrator, { query, sort: [], limit: 10 }))).toEqual([
      "invalid_query",
      "query.or.20.similarTo",
    ]);
  });
});

describe("by pgvector's index", () => {
  it("asks as pgvector understands it, scans the index, and finds the nearest", async () => {
    const database = await PGlite.create({ extensions: { vector: pgvector } });
    const projectId = newId();
    const vectors = randomVectors(3000, 16, 4);
    const ids = vectors.map(() => newId());
    await database.exec(`create extension vector;
      create table "Record" ("id" uuid primary key, "projectId" uuid);
      create table "RecordVector" ("projectId" uuid, "name" text, "recordId" uuid, "values" real[]);`);
    await database.query(`insert into "Record" select unnest($1::uuid[]), $2`, [ids, projectId]);
    await database.query(
      `insert into "RecordVector" select $1, 'it''s', given.id, given.list::real[]
       from unnest($2::uuid[], $3::text[]) given (id, list)`,
      [projectId, ids, vectors.map((vector) => `{${vector.join(",")}}`)],
    );
    const space = { projectId, name: "it's" };
    const statement = await vectorIndexStatement(database, space, 16);
    expect(statement).toContain(vectorIndexName(space));
    await database.exec(statement.replace("concurrently", ""));
    await database.exec("analyze");
    const targets = {
      name: space.name,
      dimensions: 16,
      vectors: [
        {
          recordId: ids[5] ?? "",
          values: `{${vectors[5]?.join(",")}}`,
          norm: 1,
          signature: signatureOf([1]),
        },
      ],
    };
    const { text, params } = renderSql(
      nearestByIndexSql({ projectId, targets, limit: 10, filter: rawSql("true"), except: [ids[5] ?? ""] }),
    );
    const literal = (at: number) => `'${String(params[at]).replaceAll("'", "''")}'`;
    const spelled = text.replace(/\$(\d+)/g, (_, number) => {
      const value = params[Number(number) - 1];
      return Array.isArray(value) ? `'{${value.join(",")}}'` : literal(Number(number) - 1);
    });
    const plan = await database.query<Record<string, string>>(`explain ${spelled}`);
    expect(JSON.stringify(plan.rows)).toContain(vectorIndexName(space));
    const found = await database.query<{ id: string }>(spelled);
    const expected = new Set(
      expectedOrder(vectors, ids, [5])
        .slice(0, 10)
        .map(({ id }) => id),
    );
    expect(found.rows.filter(({ id }) => expected.has(id)).length).toBeGreaterThanOrEqual(9);
    await database.close();
  });
});
