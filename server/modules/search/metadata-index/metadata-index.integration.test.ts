import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Query, SortKey } from "@/contracts/query";
import type { ProjectActor } from "@/server/modules/access";
import { createDb, createPool } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { createTestProject } from "@/server/testing/projects";
import { waitFor } from "@/server/testing/wait-for";
import { buildMetadataIndexes, dropMetadataIndexes, searchRecords } from "..";
import { indexNameOf } from "./definition";

/** A quote, spaces and another script, so that an identifier or a literal made of it unchecked would break. */
const NAME = `pri"ce's – цена`;
const LONG = "x".repeat(300);

let test: TestDatabase;
let actor: ProjectActor;
beforeAll(async () => {
  completeEnv({ authSecret: "a secret for tests that is long enough" });
  test = await createTestDatabase();
});
afterAll(() => test.drop());

beforeEach(async () => {
  await test.pool.query(`delete from "MetadataIndex"; delete from "Task"`);
  await dropMetadataIndexes(run());
  actor = await newProject(1_000_000);
});

const run = (signal = new AbortController().signal) => ({ pool: test.pool, signal, lastAttempt: false });

/** @param size what the project's counter of positions says */
async function newProject(size: number): Promise<ProjectActor> {
  const { project, administrator } = await createTestProject(test.db);
  await test.db.project.update({ where: { id: project.id }, data: { nextPosition: size } });
  await test.db.metadataName.create({
    data: { projectId: project.id, name: NAME, position: 0, type: "json" },
  });
  const values = [3, 1, "b", "a", true, null, 2, `${LONG}b`, `${LONG}a`, LONG, [1], undefined, 1, false];
  await test.db.record.createMany({
    data: values.map((value, position) => ({
      id: newId(),
      projectId: project.id,
      externalId: `r${position}`,
      content: "text",
      metadata: value === undefined ? {} : { [NAME]: value },
      position,
    })),
  });
  return administrator;
}

const search = (input: { query?: Query; sort?: SortKey[] }, by = actor) =>
  searchRecords(test.db, by, { limit: 100, ...input });
const found = async (input: { query?: Query; sort?: SortKey[] }) =>
  (await search(input)).items.map(({ externalId }) => externalId);
const by = (order: "asc" | "desc"): SortKey[] => [{ by: `metadata.${NAME}`, order }];
const where = (op: ">" | "<=" | "==" | "exists", value: string | number | boolean): Query => ({
  metadata: { name: NAME, op, value },
});
const rows = () => test.db.metadataIndex.findMany({ where: { projectId: actor.projectId } });
const tasks = () => test.db.task.findMany({ orderBy: { kind: "asc" } });
async function validity(order: "asc" | "desc"): Promise<boolean | undefined> {
  const { rows } = await test.pool.query<{ valid: boolean }>(
    `select indisvalid as valid from pg_index where indexrelid = to_regclass(quote_ident($1))`,
    [indexNameOf({ projectId: actor.projectId, name: NAME, order })],
  );
  return rows[0]?.valid;
}
describe("the index of a metadata name", () => {
  it("is asked of the worker by the first search that orders or tests by the name, and told of until it is there", async () => {
    const note = { code: "metadata_index_building", name: NAME };
    expect((await search({ sort: by("desc") })).notes).toEqual([note]);
    expect((await search({ query: { and: [where(">", 1), { not: where("exists", true) }] } })).notes).toEqual(
      [note],
    );
    expect((await rows()).map(({ order, state }) => [order, state]).sort()).toEqual([
      ["asc", "building"],
      ["desc", "building"],
    ]);
    expect((await tasks()).map(({ kind, payload }) => [kind, payload])).toEqual([
      ["build-metadata-indexes", { projectId: actor.projectId }],
      ["drop-metadata-indexes", {}],
    ]);
    await buildMetadataIndexes(run(), actor.projectId);
    expect((await rows()).map(({ state }) => state)).toEqual(["ready", "ready"]);
    expect([await validity("asc"), await validity("desc")]).toEqual([true, true]);
    expect((await search({ sort: by("desc"), query: where(">", 1) })).notes).toBeUndefined();
  });

  it("changes no answer", async () => {
    const questions = [
      { sort: by("asc") },
      { sort: by("desc") },
      ...[where(">", 1), where("<=", 1), where("==", 1), where(">", LONG), where("<=", LONG)].map(
        (query) => ({ query }),
      ),
      ...[where("==", `${LONG}a`), where("==", true), where("exists", true), where("exists", false)].map(
        (query) => ({
          query,
        }),
      ),
    ];
    const before = await Promise.all(questions.map(found));
    await buildMetadataIndexes(run(), actor.projectId);
    expect(await Promise.all(questions.map(found))).toEqual(before);
    expect(before).toEqual([
      ["r1", "r12", "r6", "r0", "r3", "r2", "r7", "r8", "r9", "r13", "r4", "r10", "r5", "r11"],
      ["r10", "r4", "r13", "r7", "r8", "r9", "r2", "r3", "r0", "r6", "r1", "r12", "r5", "r11"],
      ["r0", "r6"],
      ["r1", "r12"],
      ["r1", "r12"],
      ["r7", "r8"],
      ["r2", "r3", "r9"],
      ["r8"],
      ["r4"],
      ["r0", "r1", "r2", "r3", "r4", "r6", "r7", "r8", "r9", "r10", "r12", "r13"],
      ["r5", "r11"],
    ]);
  });

  it.each(["asc", "desc"] as const)("gives its order without a sort (%s)", async (order) => {
    await search({ sort: by(order) });
    await buildMetadataIndexes(run(), actor.projectId);
    const scans = async () => {
      const { rows } = await test.pool.query<{ scans: number }>(
        "select pg_stat_get_numscans(to_regclass(quote_ident($1)))::int as scans",
        [indexNameOf({ projectId: actor.projectId, name: NAME, order })],
      );
      return rows[0]?.scans ?? 0;
    };
    // So few records are sorted faster than an index is read, so sorting is made dear for new connections.
    const database = new URL(test.url).pathname.slice(1);
    await test.pool.query(
      `alter database ${database} set enable_sort = off; alter database ${database} set enable_seqscan = off`,
    );
    const pool = createPool(test.url, 2);
    const db = createDb(pool);
    try {
      const first = await searchRecords(db, actor, { limit: 5, sort: by(order) });
      const second = await searchRecords(db, actor, {
        limit: 5,
        sort: by(order),
        cursor: first.nextCursor ?? undefined,
      });
      expect(second.items).toHaveLength(5);
    } finally {
      await db.$disconnect();
      await pool.end();
      await test.pool.query(`alter database ${database} reset all`);
    }
    expect(await waitFor("its use to be counted", scans)).toBeGreaterThan(0);
  });

  it("is not made for few records, names that no record has, or what an annotator may not see", async () => {
    const small = await newProject(100);
    expect((await search({ sort: by("asc") }, small)).notes).toBeUndefined();
    expect((await search({ sort: [{ by: "metadata.unknown", order: "asc" }] })).notes).toBeUndefined();
    const project = { id: actor.projectId, slug: actor.projectSlug };
    const annotator = await createMember(test.db, { project, role: "annotator" });
    expect((await search({ sort: by("asc") }, annotator)).notes).toBeUndefined();
    expect(await test.db.metadataIndex.count()).toBe(0);
  });

  it("is not made beyond twenty of one project", async () => {
    const names = Array.from({ length: 25 }, (_, at) => `name ${at}`);
    const { projectId } = actor;
    await test.db.metadataName.createMany({
      data: names.map((name, at) => ({ projectId, name, position: at + 1, type: "number" })),
    });
    for (const name of names) await search({ sort: [{ by: `metadata.${name}`, order: "asc" }] });
    expect(await rows()).toHaveLength(20);
  });

  it("is built once when two workers are asked at once", async () => {
    await search({ sort: by("asc") });
    await Promise.all([1, 2].map(() => buildMetadataIndexes(run(), actor.projectId)));
    expect(await validity("asc")).toBe(true);
  });

  it("is built anew when the build was killed", async () => {
    await search({ sort: by("asc") });
    const writer = await test.pool.connect();
    try {
      // A write that goes on keeps the build from ending.
      await writer.query("begin");
      await writer.query(`update "Record" set "content" = 'changed' where "projectId" = $1`, [
        actor.projectId,
      ]);
      const killed = buildMetadataIndexes(run(), actor.projectId).then(
        () => "built",
        () => "killed",
      );
      const pid = await waitFor("the build", async () => {
        const { rows } = await test.pool.query<{ pid: number }>(
          `select pid from pg_stat_progress_create_index where datname = current_database() and index_relid <> 0`,
        );
        return rows[0]?.pid;
      });
      await test.pool.query("select pg_terminate_backend($1)", [pid]);
      expect(await killed).toBe("killed");
    } finally {
      await writer.query("rollback");
      writer.release();
    }
    expect(await validity("asc")).toBe(false);
    expect((await rows()).map(({ state }) => state)).toEqual(["building"]);
    await buildMetadataIndexes(run(), actor.projectId);
    expect(await validity("asc")).toBe(true);
    expect((await rows()).map(({ state }) => state)).toEqual(["ready"]);
  });

  it("gives the task back when the worker stops in the middle", async () => {
    await search({ sort: by("asc") });
    const writer = await test.pool.connect();
    const stop = new AbortController();
    try {
      await writer.query("begin");
      await writer.query(`update "Record" set "content" = 'changed' where "projectId" = $1`, [
        actor.projectId,
      ]);
      const stopped = buildMetadataIndexes(run(stop.signal), actor.projectId).then(
        () => "built",
        () => "stopped",
      );
      await waitFor("the build", async () => (await validity("asc")) === false);
      stop.abort();
      expect(await stopped).toBe("stopped");
    } finally {
      await writer.query("rollback");
      writer.release();
    }
    expect((await rows()).map(({ state }) => state)).toEqual(["building"]);
  });

  it("says why it can't be built, at the last attempt", async () => {
    await search({ sort: by("asc") });
    await test.pool.query(
      `create table taken (); alter table taken rename to "${indexNameOf({ projectId: actor.projectId, name: NAME, order: "asc" })}"`,
    );
    await expect(buildMetadataIndexes({ ...run(), lastAttempt: true }, actor.projectId)).rejects.toThrow(
      /already exists/,
    );
    expect(await rows()).toMatchObject([
      { state: "failed", error: expect.stringContaining("already exists") },
    ]);
    expect((await search({ sort: by("asc") })).notes).toBeUndefined();
  });

  it("is dropped when it is long unused, when its project is archived, and when nothing tells of it", async () => {
    await search({ sort: by("asc") });
    await search({ sort: by("desc") });
    await buildMetadataIndexes(run(), actor.projectId);
    expect(await dropMetadataIndexes(run())).toBe(true);
    await test.pool.query(
      `update "MetadataIndex" set "usedAt" = now() - interval '31 days' where "order" = 'asc'`,
    );
    await search({ sort: by("desc") });
    expect(await dropMetadataIndexes(run())).toBe(true);
    expect([await validity("asc"), await validity("desc")]).toEqual([undefined, true]);
    await test.db.project.update({ where: { id: actor.projectId }, data: { archivedAt: new Date() } });
    expect(await dropMetadataIndexes(run())).toBe(false);
    expect(await validity("desc")).toBeUndefined();
    const { rows: statistics } = await test.pool.query(
      `select 1 from pg_statistic_ext where starts_with(stxname, 'Record_metadata_')`,
    );
    expect(statistics).toEqual([]);
  });

  it("is noted as used, once an hour", async () => {
    await search({ sort: by("asc") });
    const old = new Date(Date.now() - 2 * 60 * 60_000);
    await test.db.metadataIndex.updateMany({ data: { usedAt: old } });
    await search({ sort: by("asc") });
    const [row] = await rows();
    expect(row?.usedAt.getTime()).toBeGreaterThan(old.getTime());
    await search({ sort: by("asc") });
    expect((await rows())[0]?.usedAt).toEqual(row?.usedAt);
  });
});
