import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ProjectActor } from "@/server/modules/access";
import { searchRecords } from "@/server/modules/search";
import { createDb, createPool } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { migrate } from "@/server/platform/migrate";
import { median } from "./measure/median";
import { percentile } from "./measure/percentile";
import {
  type Bench,
  timeCopy,
  timeCreateMany,
  timeImport,
  withoutTextIndexes,
  writeCopyFile,
} from "./measure/time-import";
import { writeTweets } from "./measure/write-tweets";

/**
 * Imports of tweets of 140 characters with three columns of metadata, from the first byte of the upload to the last
 * row, against COPY of the same rows by PostgreSQL itself into a table with the same columns and indexes, and against
 * Prisma's createMany; the memory of the importing process; and search while a large import runs. Argument: the number
 * of rows of the large import.
 */
const SMALL = 100_000;
const LARGE = Number(process.argv[2] ?? 1_000_000);
const RUNS = 3;
const PAUSE = 250;

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Every run writes into empty tables: a growing index would slow the later ones. */
const empty = ({ pool }: Bench) => pool.query(`truncate "Record" cascade`);

type Figures = { ratio: number; speedUp: number; peak: number; kept: number };

/** Medians of three runs. */
async function benchSmall(bench: Bench, csv: string, rows: string, what: string): Promise<Figures> {
  const ratios: number[] = [];
  const speedUps: number[] = [];
  const peaks: number[] = [];
  const keeps: number[] = [];
  for (let run = 1; run <= RUNS; run++) {
    await empty(bench);
    const copied = await timeCopy(bench, rows);
    const { milliseconds, peak, kept, member } = await timeImport(bench, csv);
    const created = await timeCreateMany(bench, member.projectId);
    ratios.push(milliseconds / copied);
    speedUps.push(created / milliseconds);
    peaks.push(peak);
    keeps.push(kept);
    console.log(
      `run ${run}, ${SMALL} rows ${what}: COPY ${seconds(copied)}, import ${seconds(milliseconds)}, createMany ${seconds(created)}, peak memory ${peak} MB`,
    );
  }
  const figures = {
    ratio: median(ratios),
    speedUp: median(speedUps),
    peak: median(peaks),
    kept: median(keeps),
  };
  console.log(
    `${SMALL} rows ${what}: ${figures.ratio.toFixed(2)} × COPY, ${figures.speedUp.toFixed(1)} × as fast as createMany (goal ≥ 8; COPY itself ${(figures.speedUp * figures.ratio).toFixed(1)} ×), medians of ${RUNS}`,
  );
  return figures;
}

/** Pages of a project of {@link SMALL} records, asked for until `signal` says that the import is over. */
async function timeSearches({ db }: Bench, member: ProjectActor, signal: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  const questions = [
    {},
    { query: { keyword: "delayed" } },
    { sort: [{ by: "externalId" as const, order: "desc" as const }] },
  ];
  for (let turn = 0; !signal.aborted; turn++) {
    const started = performance.now();
    await searchRecords(db, member, {
      limit: 50,
      include: ["metadata"],
      ...questions[turn % questions.length],
    });
    times.push(performance.now() - started);
    await delay(PAUSE);
  }
  return times;
}

async function benchLarge(bench: Bench, csv: string, small: string, rows: string) {
  await empty(bench);
  const { member } = await timeImport(bench, small);
  const over = new AbortController();
  const searching = timeSearches(bench, member, over.signal);
  const large = await timeImport(bench, csv);
  over.abort();
  const times = await searching;
  await writeCopyFile(bench, large.member.projectId, rows);
  await empty(bench);
  return { ...large, copied: await timeCopy(bench, rows), times };
}

const dir = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
// PostgreSQL may run as another user, and reads and writes the rows to compare with.
await chmod(dir, 0o755);
const exchange = path.join(dir, newId());
await mkdir(exchange);
await chmod(exchange, 0o777);
completeEnv({ authSecret: newId() + newId() });
const server = await startEmbeddedPostgres({
  dataDir: path.join(dir, "data"),
  onLost: (error) => {
    throw error;
  },
});
const pool = createPool(server.url);
const bench: Bench = { url: server.url, pool, db: createDb(pool), dir };
try {
  await migrate(server.url);
  const csv = { small: path.join(dir, "small.csv"), large: path.join(dir, "large.csv") };
  await writeTweets(csv.small, SMALL);
  await writeTweets(csv.large, LARGE);
  const copyFile = path.join(exchange, "small.copy");
  const warm = await timeImport(bench, csv.small);
  await writeCopyFile(bench, warm.member.projectId, copyFile);
  const small = await benchSmall(bench, csv.small, copyFile, "with every index");
  await withoutTextIndexes(bench, () =>
    benchSmall(bench, csv.small, copyFile, "alone, without the text indexes"),
  );
  const large = await benchLarge(bench, csv.large, csv.small, path.join(exchange, "large.copy"));
  console.log(
    `${large.rows} rows: COPY ${seconds(large.copied)}, import ${seconds(large.milliseconds)}: ${(large.milliseconds / large.copied).toFixed(2)} × COPY (goal ≤ 2), while others search`,
  );
  console.log(
    `peak memory of the importing process: ${small.peak} MB for ${SMALL} rows, ${large.peak} MB for ${large.rows}: ${(large.peak / small.peak).toFixed(2)} × (goal ≤ 1.2); left of its heap after full collections ${small.kept} and ${large.kept} MB`,
  );
  console.log(
    `search meanwhile, ${large.times.length} pages: p50 ${percentile(large.times, 0.5).toFixed(0)} ms, p95 ${percentile(large.times, 0.95).toFixed(0)} ms (goal ≤ 200)`,
  );
} finally {
  await bench.db.$disconnect();
  await pool.end();
  await server.stop();
  await rm(dir, { recursive: true });
}
