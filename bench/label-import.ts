import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createDb, createPool } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { migrate } from "@/server/platform/migrate";
import { timeLabelImport } from "./measure/time-import";
import { writeLabelled } from "./measure/write-labelled";

/** Peak memory of the process that imports labels (doccano, a text label and two spans an item), for two sizes of file. */
const SIZES = (process.argv[2] ?? "30000,300000").split(",").map(Number);

const dir = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
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
  const peaks: number[] = [];
  for (const rows of SIZES) {
    const file = path.join(dir, `${rows}.jsonl`);
    await writeLabelled(file, rows);
    const { milliseconds, peak, kept } = await timeLabelImport({ url: server.url, pool, db, dir }, file);
    peaks.push(peak);
    console.log(
      `${rows} items: ${(milliseconds / 1000).toFixed(1)} s, peak memory ${peak} MB, ${kept} MB of its heap left after full collections`,
    );
  }
  console.log(`peak memory: ${(Math.max(...peaks) / Math.min(...peaks)).toFixed(2)} × (goal ≤ 1.2)`);
} finally {
  await db.$disconnect();
  await pool.end();
  await server.stop();
  await rm(dir, { recursive: true });
}
