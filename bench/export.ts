import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type pg from "pg";
import pino from "pino";
import type { ProjectActor } from "@/server/modules/access";
import { createAggregation, getAggregation } from "@/server/modules/aggregation";
import { createDb, createPool, type Db } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { openEventListener } from "@/server/platform/events";
import { migrate } from "@/server/platform/migrate";
import { startWorker } from "@/server/platform/queue";
import { waitFor } from "@/server/testing/wait-for";
import { handlers } from "@/server/worker/handlers";
import { type CopiedKind, copiedRows, timeCopyOut } from "./measure/copy-out";
import { dropSearchIndexes, fillProject } from "./measure/fill-project";
import { timeExport } from "./measure/time-export";

/**
 * Exports of 1,000,000 records with two jobs' labels and a snapshot of final labels, each in a process of its own: the
 * first byte, the whole against `COPY … TO STDOUT` of the same rows, and the peak memory against that of an export of
 * 100,000. Arguments: a folder that keeps the database for the next run (made and filled when it is not there), and a
 * text that the names of the files to measure hold, such as `final` or `records csv`.
 */
const SMALL = 100_000;
const LARGE = 1_000_000;
const GOAL_FIRST_BYTE = 1000;
const GOAL_MEMORY = 1.2;
/** Milliseconds within which final labels must be there. */
const PATIENCE = 300_000;

const kinds: readonly CopiedKind[] = ["records", "annotations", "final"];
const formats = ["csv", "jsonl", "parquet"] as const;

type World = { small: ProjectActor; large: ProjectActor };

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Makes final labels, in the background as of so many. */
async function settle(db: Db, member: ProjectActor): Promise<void> {
  const { id } = await createAggregation(db, member, { label: "sentiment", policy: "verified-first" });
  const status = async () => (await getAggregation(db, member, { id, limit: 1, show: "all" })).status;
  await waitFor("the final labels", async () => (await status()) !== "running", PATIENCE);
  if ((await status()) !== "ready") throw new Error("The final labels were not made.");
}

async function openWorld(url: string, db: Db, pool: pg.Pool, file: string): Promise<World> {
  if (existsSync(file)) return JSON.parse(await readFile(file, "utf8"));
  await dropSearchIndexes(pool);
  const listener = openEventListener(url);
  const log = pino({ level: "silent" });
  const worker = await startWorker({ pool, db, listener, log, concurrency: 1, handlers });
  const filled = async (count: number) => {
    const started = performance.now();
    const { member } = await fillProject(db, pool, count);
    await pool.query(`vacuum analyze "Record", "Annotation"`);
    const between = performance.now();
    await settle(db, member);
    const ended = performance.now();
    console.log(
      `${count} records: filled in ${seconds(between - started)}, a snapshot of their final labels in ${seconds(ended - between)}`,
    );
    return member;
  };
  const world = { small: await filled(SMALL), large: await filled(LARGE) };
  await worker.stop();
  await listener.close();
  await pool.query("vacuum analyze");
  await pool.query("checkpoint");
  await writeFile(file, JSON.stringify(world));
  return world;
}

async function measure(url: string, { small, large }: World, wanted: string): Promise<void> {
  for (const kind of kinds)
    for (const format of formats) {
      const name = `${kind} ${format}`;
      if (!name.includes(wanted)) continue;
      const tenth = await timeExport(url, small, { kind, format });
      const whole = await timeExport(url, large, { kind, format });
      const copied = await timeCopyOut(url, copiedRows[kind](large.projectId));
      console.log(
        `${name.padEnd(20)} first byte ${whole.firstByte} ms (goal ≤ ${GOAL_FIRST_BYTE}), ${seconds(whole.milliseconds)}, ` +
          `${Math.round(whole.bytes / 1e6)} MB, ${(whole.milliseconds / copied.milliseconds).toFixed(2)} × COPY (${seconds(copied.milliseconds)}); ` +
          `peak ${tenth.peak} MB for ${SMALL} records, ${whole.peak} MB for ${LARGE}: ${(whole.peak / tenth.peak).toFixed(2)} × (goal ≤ ${GOAL_MEMORY}); left of the heap after full collections ${tenth.kept} and ${whole.kept} MB`,
      );
    }
}

const [keep, wanted = ""] = process.argv.slice(2);
const dir = keep ?? (await mkdtemp(path.join(tmpdir(), "tandem-bench-")));
if (keep === undefined) await chmod(dir, 0o755);
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
  await measure(server.url, await openWorld(server.url, db, pool, path.join(dir, "world.json")), wanted);
} finally {
  await db.$disconnect();
  await pool.end();
  await server.stop();
  if (keep === undefined) await rm(dir, { recursive: true });
}
