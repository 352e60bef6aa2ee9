import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runChaos } from "@/server/collab/testing/chaos/run-chaos";
import { createDb, createPool } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { migrate } from "@/server/platform/migrate";
import { startRedis, withoutRedis } from "@/server/testing/redis";
import { waitFor } from "@/server/testing/wait-for";

/**
 * Fifty reviewers for a minute, over real sockets and with the page's own code, while two of the live servers and the
 * database are killed: what they were told, and whether it is true. Events go by Redis where it is installed.
 */
const PEOPLE = 50;
const MS = 60_000;
const SEED = 20_261_125;

const dir = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
const postgres = await startEmbeddedPostgres({
  dataDir: path.join(dir, "data"),
  onLost: (error) => {
    throw error;
  },
});
const pool = createPool(postgres.url);
const db = createDb(pool);
const redis = withoutRedis ? undefined : await startRedis();

async function killDatabase(): Promise<void> {
  const killed = postgres.pid();
  process.kill(killed, "SIGKILL");
  await waitFor("the database", () => postgres.pid() !== killed, 30_000);
}

try {
  await migrate(postgres.url);
  const outcome = await runChaos({
    db,
    databaseUrl: postgres.url,
    redisUrl: redis?.url,
    people: PEOPLE,
    items: 1200,
    ms: MS,
    pauseMs: 1000,
    nodes: 3,
    serverKills: 2,
    killDatabase,
    seed: SEED,
  });
  const { acts, told, rows, decided, leases, frames, broken, examples } = outcome;
  console.log(
    `${PEOPLE} people for ${MS / 1000} s on three servers, events by ${redis ? "Redis" : "PostgreSQL"}; two servers and the database killed; seed ${SEED}`,
  );
  console.log(`${acts} acts, ${rows} rows of history, ${decided} labels decided, ${frames} frames received`);
  console.log(`decisions by what their authors were told: ${JSON.stringify(told)}`);
  console.log(`records handed out by next: ${leases}`);
  for (const [what, count] of Object.entries(broken)) console.log(`${what}: ${count} (must be 0)`);
  for (const example of examples) console.log(`  ${example}`);
  if (Object.values(broken).some((count) => count !== 0)) process.exitCode = 1;
} finally {
  await redis?.stop();
  await db.$disconnect();
  await pool.end();
  await postgres.stop();
  await rm(dir, { recursive: true });
}
process.exit();
