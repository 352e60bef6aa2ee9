import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ChaosInput, type ChaosOutcome, runChaos } from "@/server/collab/testing/chaos/run-chaos";
import { createDb, createPool } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { migrate } from "@/server/platform/migrate";
import { startRedis, withoutRedis } from "@/server/testing/redis";
import { waitFor } from "@/server/testing/wait-for";

/**
 * Fifty reviewers for a minute, over real sockets and with the page's own code, while two of the live servers and the
 * database are killed: what they were told, and whether it is true. Then thirty who each work by themselves on blind
 * labels that get two verdicts. Events go by Redis where it is installed.
 */
const SEED = 20_261_125;
type Run = Pick<ChaosInput, "people" | "items" | "ms" | "serverKills" | "opened">;
const RUNS: Run[] = [
  { people: 50, items: 1200, ms: 60_000, serverKills: 2 },
  {
    people: 30,
    items: 400,
    ms: 30_000,
    serverKills: 1,
    opened: { mode: "independent", verdictsPerItem: 2, blindShare: 1 },
  },
];

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

function tell({ people, ms, serverKills, opened }: Run, outcome: ChaosOutcome): void {
  const { acts, told, rows, standing, leases, frames, broken, examples } = outcome;
  const how = opened ? "each by themselves on blind labels" : "together";
  console.log(
    `${people} people for ${ms / 1000} s, ${how}, on three servers, events by ${redis ? "Redis" : "PostgreSQL"}; ${serverKills} of the servers and the database killed; seed ${SEED}`,
  );
  console.log(
    `${acts} acts, ${rows} rows of history, ${standing} verdicts that stand, ${frames} frames received`,
  );
  console.log(`decisions by what their authors were told: ${JSON.stringify(told)}`);
  console.log(`records handed out by next: ${leases}`);
  for (const [what, count] of Object.entries(broken)) console.log(`${what}: ${count} (must be 0)`);
  for (const example of examples) console.log(`  ${example}`);
  if (Object.values(broken).some((count) => count !== 0)) process.exitCode = 1;
}

try {
  await migrate(postgres.url);
  for (const run of RUNS) {
    const more = { pauseMs: 1000, nodes: 3, killDatabase, seed: SEED };
    tell(run, await runChaos({ db, databaseUrl: postgres.url, redisUrl: redis?.url, ...more, ...run }));
  }
} finally {
  await redis?.stop();
  await db.$disconnect();
  await pool.end();
  await postgres.stop();
  await rm(dir, { recursive: true });
}
process.exit();
