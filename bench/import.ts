import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type pg from "pg";
import { importOptions } from "@/contracts/imports";
import { proveMembership } from "@/server/modules/access";
import { createProject } from "@/server/modules/projects";
import { getImport, receiveUpload, runImport, startImport } from "@/server/modules/records";
import { createDb, createPool, type Db } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { newId } from "@/server/platform/ids";
import { migrate } from "@/server/platform/migrate";
import { createActor } from "@/server/testing/people";
import { seededRandom } from "@/server/testing/seeded-random";
import { median } from "./measure/median";
import { watchMemory } from "./measure/watch-memory";

/**
 * Import of 100,000 tweets, from the first byte of the upload to the last row, against COPY of the same rows by
 * PostgreSQL itself into a table with the same columns and indexes. Argument: a CSV file with `id`, `content`
 * and `pseudo_label` to take the texts from; without one they are made up.
 */
const ROWS = 100_000;
const RUNS = 5;

const WORDS =
  "flight delayed thanks bag lost crew great gate hours again service help please late love never".split(" ");

async function writeTweets(file: string): Promise<void> {
  const random = seededRandom(7);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const out = createWriteStream(file);
  out.write("id,content,pseudo_label\n");
  for (let row = 0; row < ROWS; row++) {
    const words = Array.from({ length: 10 + Math.floor(random() * 14) }, () => {
      const stem = pick(WORDS) ?? "";
      return random() < 0.3 ? stem + Math.floor(random() * 5000).toString(36) : stem;
    });
    const text = `@airline${row % 7} ${words.join(" ")}${random() < 0.1 ? ', ""quoted"",' : ""}`;
    if (!out.write(`5${String(row).padStart(17, "0")},"${text}",${pick(["pos", "neg", "neu"])}\n`))
      await once(out, "drain");
  }
  out.end();
  await once(out, "close");
}

/** Writes the records of a project as a file that PostgreSQL reads itself. */
async function writeCopyFile(pool: pg.Pool, projectId: string, file: string): Promise<void> {
  await pool.query(
    `copy (select * from "Record" where "projectId" = '${projectId}' order by "position") to '${file}'`,
  );
}

async function timeCopy(pool: pg.Pool, file: string): Promise<number> {
  await pool.query(`drop table if exists copied`);
  await pool.query(`create table copied (like "Record" including all)`);
  const started = performance.now();
  await pool.query(`copy copied from '${file}'`);
  return performance.now() - started;
}

async function timeImport(db: Db, pool: pg.Pool, file: string, dir: string) {
  const actor = await createActor(db);
  const project = await createProject(db, actor, { name: "Bench" });
  const member = await proveMembership(db, actor, project.id);
  const options = importOptions.parse({
    format: "csv",
    id: "id",
    content: "content",
    metadata: ["pseudo_label"],
  });
  const started = performance.now();
  const upload = await receiveUpload(createReadStream(file), {
    dir,
    maxBytes: 2 ** 31,
    onHead: () => undefined,
  });
  const { id } = await startImport(db, member, {
    upload,
    options,
    fileName: "tweets.csv",
    contentType: "text/csv",
  });
  await upload.close();
  await runImport({ db, pool, signal: new AbortController().signal, lastAttempt: true }, id);
  const milliseconds = performance.now() - started;
  const run = await getImport(db, member, { id });
  if (run.status !== "succeeded" || run.imported === 0)
    throw new Error(`The import failed: ${JSON.stringify(run.error)}`);
  return { milliseconds, projectId: project.id, rows: run.imported };
}

const dir = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
// PostgreSQL may run as another user, and reads and writes the rows to compare with.
await chmod(dir, 0o755);
const exchange = path.join(dir, newId());
await mkdir(exchange);
await chmod(exchange, 0o777);
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
  const csv = process.argv[2] ?? path.join(dir, "tweets.csv");
  if (process.argv[2] === undefined) await writeTweets(csv);
  const warm = await timeImport(db, pool, csv, dir);
  const rows = path.join(exchange, "rows.copy");
  await writeCopyFile(pool, warm.projectId, rows);
  const memory = watchMemory();
  const ratios: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    // Every run writes into empty tables: a growing index would slow the later ones.
    await pool.query(`truncate "Record" cascade`);
    const copied = await timeCopy(pool, rows);
    const { milliseconds } = await timeImport(db, pool, csv, dir);
    ratios.push(milliseconds / copied);
    console.log(`run ${run + 1}: COPY ${Math.round(copied)} ms, import ${Math.round(milliseconds)} ms`);
  }
  const { peak, rise } = memory.stop();
  console.log(
    `import of ${warm.rows} rows: ${median(ratios).toFixed(2)} × COPY (goal ≤ 2.5), peak memory ${peak} MB, ${rise} MB above the start`,
  );
} finally {
  await db.$disconnect();
  await pool.end();
  await server.stop();
  await rm(dir, { recursive: true });
}
