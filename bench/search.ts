import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type pg from "pg";
import type { ProjectActor } from "@/server/modules/access";
import { buildMetadataIndexes, searchRecords } from "@/server/modules/search";
import { createDb, createPool, type Db } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { completeEnv } from "@/server/platform/env";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { migrate } from "@/server/platform/migrate";
import { createTestProject } from "@/server/testing/projects";
import { fillMillionRecords, type MillionRecords } from "./measure/million-records";
import { percentile } from "./measure/percentile";
import { type SearchCase, searchCases } from "./measure/search-cases";

/**
 * Pages of 50 of 1,000,000 records with the labels of two jobs and 100,000 verdicts, as the records page asks for them:
 * labels, verdicts and metadata beside each, and the total. Arguments: a folder that keeps the database for the next
 * run (made and filled when it is not there), and a text that the names of the cases to measure hold.
 */
const SIZE = 1_000_000;
const PAGE = 50;
const RUNS = 12;
const WARM_UP = 2;
/** A case that takes long is not measured longer than this, in milliseconds. */
const PATIENCE = 3000;
const GOAL = 200;

type World = MillionRecords & { actor: ProjectActor };

async function openWorld(db: Db, pool: pg.Pool, file: string): Promise<World> {
  if (existsSync(file)) return JSON.parse(await readFile(file, "utf8"));
  const { administrator: actor } = await createTestProject(db);
  const filled = await fillMillionRecords(pool, { ...actor, size: SIZE });
  const world = { ...filled, actor };
  await writeFile(file, JSON.stringify(world));
  return world;
}

/** A function that reads the page of a case; what leads there is read now. */
async function prepare(db: Db, actor: ProjectActor, { query, sort, page, total, limit }: SearchCase) {
  const read = (cursor?: string) =>
    searchRecords(db, actor, {
      query,
      sort,
      limit: limit ?? PAGE,
      cursor,
      at: page === "last" ? "end" : "start",
      include: ["annotations", "verifications", "metadata"],
      total,
    });
  let cursor: string | undefined;
  if (page === "tenth")
    for (let before = 1; before < 10; before++) cursor = (await read(cursor)).nextCursor ?? undefined;
  return () => read(cursor);
}

/** What the worker does after the first search by a metadata name. */
async function buildIndexes(db: Db, pool: pg.Pool, { actor }: World, cases: readonly SearchCase[]) {
  for (const { query, sort } of cases)
    if (JSON.stringify([query, sort]).includes("metadata"))
      await searchRecords(db, actor, { query, sort, limit: 1 }).catch(allowSlow);
  const started = performance.now();
  await buildMetadataIndexes(
    { pool, signal: new AbortController().signal, lastAttempt: true },
    actor.projectId,
  );
  const indexes = await db.metadataIndex.count({ where: { projectId: actor.projectId } });
  const seconds = (performance.now() - started) / 1000;
  console.log(`${indexes} metadata indexes; building those that were missing took ${seconds.toFixed(1)} s`);
}

/** The first search by a name may be given up; its index is built all the same. */
function allowSlow(error: unknown): void {
  if (!(error instanceof AppError && error.code === "query_too_slow")) throw error;
}

async function measure(db: Db, actor: ProjectActor, one: SearchCase): Promise<boolean> {
  const read = await prepare(db, actor, one);
  const times: number[] = [];
  const began = performance.now();
  for (let run = -WARM_UP; run < RUNS; run++) {
    const started = performance.now();
    await read();
    if (run >= 0) times.push(performance.now() - started);
    if (times.length > 2 && performance.now() - began > PATIENCE) break;
  }
  const { items, total, totalExact } = await read();
  const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
  const isSlow = p95 > GOAL && !one.withoutGoal;
  const count = `${items.length} of ${total}${totalExact ? "" : "+"}`;
  console.log(
    `${`${one.name}, ${one.page ?? "first"} page`.padEnd(58)} p50 ${p50.toFixed(0).padStart(5)} ms  p95 ${p95.toFixed(0).padStart(5)} ms  ${count}${isSlow ? "  above the goal" : ""}`,
  );
  return !isSlow;
}

const [kept, only = ""] = process.argv.slice(2);
const dir = kept ?? (await mkdtemp(path.join(tmpdir(), "tandem-bench-")));
completeEnv({ authSecret: newId() + newId() });
const server = await startEmbeddedPostgres({
  dataDir: path.join(dir, "data"),
  onLost: (error) => {
    throw error;
  },
});
const pool = createPool(server.url);
const db = createDb(pool);
try {
  await migrate(server.url);
  const world = await openWorld(db, pool, path.join(dir, "world.json"));
  const cases = searchCases(world).filter(({ name }) => name.includes(only));
  await buildIndexes(db, pool, world, cases);
  let met = 0;
  for (const one of cases) if (await measure(db, world.actor, one)) met++;
  console.log(`${met} of ${cases.length} cases within the goal of ${GOAL} ms (p95 of ${RUNS})`);
} finally {
  await db.$disconnect();
  await pool.end();
  await server.stop();
  if (kept === undefined) await rm(dir, { recursive: true });
}
