import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { holdWrites } from "@/server/testing/hold-writes";
import { nodeWords } from "@/server/testing/node-words";
import { createTestProject } from "@/server/testing/projects";
import { waitFor } from "@/server/testing/wait-for";
import { cancelImport, getImport } from "./read-imports";
import { runImport } from "./run-import";
import { queueBytes } from "./testing/import-bytes";

const ROWS = 20_000;

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const manyRows = () => {
  const rows = Array.from({ length: ROWS }, (_, n) => `${n},text ${n} of many`);
  return { bytes: Buffer.from(`id,content\n${rows.join("\n")}\n,refused\n`) };
};

const run = (id: string, signal = new AbortController().signal) =>
  runImport({ db: test.db, pool: test.pool, signal, lastAttempt: false }, id);

async function leftovers(projectId: string, id: string) {
  const [objects] = await test.db.$queryRawUnsafe<{ n: number }[]>(
    `select count(*)::int as n from pg_largeobject_metadata`,
  );
  return {
    records: await test.db.record.count({ where: { projectId } }),
    refusals: await test.db.importRefusal.count({ where: { importId: id } }),
    files: objects?.n,
  };
}

describe("an import whose worker is killed", () => {
  it.each([
    ["as it begins to read", `new."read" > 0`, 0],
    ["while it writes", `old."read" > 0`, expect.any(Number)],
  ])(
    "%s leaves nothing, and is whole after the next run",
    async (_moment, after, lostRows) => {
      const { project, administrator } = await createTestProject(test.db);
      const id = await queueBytes(test, administrator, manyRows(), { id: "id" });
      const held = await holdWrites(test.pool, "ImportRun", after);
      const words = nodeWords("server/testing/import-process.ts");
      const child = spawn(process.execPath, [...words, test.url, id], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = once(child, "exit");
      await held.reached();
      child.kill("SIGKILL");
      await ended;
      await held.end();
      // PostgreSQL notices that its client is gone, and gives the lock free with the transaction.
      await waitFor("the lock", async () => (await errorCode(run(id))) === "no error");

      const report = await getImport(test.db, administrator, { id });
      expect(report).toMatchObject({
        status: "succeeded",
        read: ROWS + 1,
        imported: ROWS,
        refused: 1,
        recovered: { from: "file", lostRows },
      });
      expect(report.attempts).toBeGreaterThan(1);
      expect(await leftovers(project.id, id)).toEqual({ records: ROWS, refusals: 1, files: 0 });
    },
    120_000,
  );
});

describe("an import that runs", () => {
  it("is taken up by one worker alone, and once", async () => {
    const { project, administrator } = await createTestProject(test.db);
    const id = await queueBytes(test, administrator, manyRows(), { id: "id" });
    const outcomes = await Promise.all([errorCode(run(id)), errorCode(run(id))]);
    expect(outcomes.filter((code) => code === "no error")).not.toHaveLength(0);
    expect(outcomes.every((code) => code === "no error" || code === "import_busy")).toBe(true);
    await run(id);
    expect(await leftovers(project.id, id)).toEqual({ records: ROWS, refusals: 1, files: 0 });
  });

  it("stops with its worker and leaves nothing", async () => {
    const { project, administrator } = await createTestProject(test.db);
    const id = await queueBytes(test, administrator, manyRows(), { id: "id" });
    await expect(run(id, AbortSignal.abort(new Error("The worker stops.")))).rejects.toThrow("stops");
    expect(await leftovers(project.id, id)).toEqual({ records: 0, refusals: 0, files: 1 });
    await run(id);
    expect(await leftovers(project.id, id)).toEqual({ records: ROWS, refusals: 1, files: 0 });
  });

  it("ends as cancelled when a person wants it, with nothing kept", async () => {
    const { project, administrator } = await createTestProject(test.db);
    const id = await queueBytes(test, administrator, manyRows(), { id: "id" });
    await cancelImport(test.db, administrator, { id });
    await run(id);
    expect(await getImport(test.db, administrator, { id })).toMatchObject({ status: "cancelled", read: 0 });
    expect(await leftovers(project.id, id)).toEqual({ records: 0, refusals: 0, files: 0 });
  });

  it("moves on in both phases, and was never begun anew", async () => {
    const { administrator } = await createTestProject(test.db);
    const id = await queueBytes(test, administrator, manyRows(), { id: "id" });
    await test.pool.query(`create table if not exists seen (phase text, progress float8)`);
    await test.pool.query(`truncate seen`);
    await test.pool.query(`create or replace function note_phase() returns trigger language plpgsql as $$
      begin insert into seen values (new."phase", new."progress"); return null; end $$`);
    await test.pool.query(`create trigger note_phase after update on "ImportRun" for each row
      when (new."phase" is not null) execute function note_phase()`);
    await run(id);
    await test.pool.query(`drop trigger note_phase on "ImportRun"`);
    const { rows } = await test.pool.query(
      "select phase, max(progress) as most from seen group by phase order by 1",
    );
    expect(rows).toEqual([
      { phase: "reading", most: 1 },
      { phase: "writing", most: 1 },
    ]);
    expect(await getImport(test.db, administrator, { id })).toMatchObject({
      ...{ attempts: 1, recovered: null, phase: null, progress: null },
    });
  });

  it("ends as cancelled while it writes, although one statement would take long", async () => {
    const { project, administrator } = await createTestProject(test.db);
    const id = await queueBytes(test, administrator, manyRows(), { id: "id" });
    await test.pool.query(`create function dawdle() returns trigger language plpgsql as $$
      begin perform pg_sleep(0.05); return new; end $$`);
    await test.pool.query(
      `create trigger dawdle before insert on "Record" for each row execute function dawdle()`,
    );
    const running = run(id);
    await waitFor("the writing", async () => {
      const { rows } = await test.pool.query(
        `select 1 from pg_stat_activity where query like 'insert into "Record"%' and state = 'active'
           and datname = current_database()`,
      );
      return rows.length > 0;
    });
    await cancelImport(test.db, administrator, { id });
    await running;
    await test.pool.query(`drop trigger dawdle on "Record"; drop function dawdle`);
    expect(await getImport(test.db, administrator, { id })).toMatchObject({
      ...{ status: "cancelled", imported: 0, error: null },
    });
    expect(await leftovers(project.id, id)).toEqual({ records: 0, refusals: 0, files: 0 });
  });

  it("says that the disk is full, and what to free, with nothing kept", async () => {
    const { project, administrator } = await createTestProject(test.db);
    const id = await queueBytes(test, administrator, manyRows(), { id: "id" });
    await test.pool.query(`create function no_room() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
    await test.pool.query(
      `create trigger no_room before insert on "ImportRefusal" for each row execute function no_room()`,
    );
    await run(id);
    await test.pool.query(`drop trigger no_room on "ImportRefusal"; drop function no_room`);
    const report = await getImport(test.db, administrator, { id });
    expect(report).toMatchObject({ status: "failed", error: { code: "disk_full" } });
    expect(report.error?.detail).toMatch(/Free more there/);
    expect(await leftovers(project.id, id)).toEqual({ records: 0, refusals: 0, files: 0 });
  });

  it("beside another of the same ids writes each id once", async () => {
    const { project, administrator } = await createTestProject(test.db);
    const ids = await Promise.all(
      ["skip", "fail"].map((onExisting) =>
        queueBytes(test, administrator, manyRows(), {
          id: "id",
          onExisting: onExisting === "fail" ? "fail" : "skip",
        }),
      ),
    );
    await Promise.all(ids.map((id) => run(id)));
    const reports = await Promise.all(ids.map((id) => getImport(test.db, administrator, { id })));
    expect(reports.map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
    expect(reports.reduce((sum, { imported }) => sum + imported, 0)).toBe(ROWS);
    for (const { read, imported, skipped, refused } of reports) {
      expect(read).toBe(ROWS + 1);
      expect(imported + skipped + refused).toBe(ROWS + 1);
    }
    expect(await test.db.record.count({ where: { projectId: project.id } })).toBe(ROWS);
  });

  it("says what was wrong with the whole file, with nothing kept", async () => {
    const { project, administrator } = await createTestProject(test.db);
    // The header is longer than what is looked at beforehand, so the fault shows only when the file is read.
    const header = Array.from({ length: 1900 }, (_, n) => `column ${n} ${"x".repeat(150)}`).join(",");
    const id = await queueBytes(test, administrator, { bytes: Buffer.from(`${header}\n1\n`) });
    await run(id);
    expect(await getImport(test.db, administrator, { id })).toMatchObject({
      status: "failed",
      error: { code: "invalid_mapping", errors: [{ path: "content" }] },
    });
    expect(await leftovers(project.id, id)).toEqual({ records: 0, refusals: 0, files: 0 });
  });

  it("imports nothing of somebody who may no longer import", async () => {
    const { project, administrator } = await createTestProject(test.db);
    const id = await queueBytes(
      test,
      administrator,
      { bytes: Buffer.from("id,content\n1,a\n") },
      { id: "id" },
    );
    await test.db.membership.updateMany({
      where: { projectId: project.id, userId: administrator.userId },
      data: { removedAt: new Date() },
    });
    await run(id);
    expect(await getImport(test.db, administrator, { id })).toMatchObject({
      status: "failed",
      error: { code: "forbidden" },
    });
    expect(await leftovers(project.id, id)).toEqual({ records: 0, refusals: 0, files: 0 });
  });

  it("gives up after the last try, with nothing kept", async () => {
    const { administrator } = await createTestProject(test.db);
    const id = await queueBytes(test, administrator, manyRows(), { id: "id" });
    await test.db.importRun.update({ where: { id }, data: { storedAs: "4000000000" } });
    const signal = new AbortController().signal;
    await expect(run(id)).rejects.toThrow();
    await runImport({ db: test.db, pool: test.pool, signal, lastAttempt: true }, id);
    expect((await getImport(test.db, administrator, { id })).status).toBe("failed");
  });
});
