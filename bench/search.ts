import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type pg from "pg";
import type { Query, SortKey } from "@/contracts/query";
import { searchRecords } from "@/server/modules/search";
import { createDb, createPool } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { migrate } from "@/server/platform/migrate";
import { createTestProject } from "@/server/testing/projects";
import { median } from "./measure/median";

/**
 * The first page of a search in 100,000 labelled records, against one statement that reads the ids of the same
 * page: what the tree, the total, the labels beside the rows and the cursor cost on top of PostgreSQL.
 */
const ROWS = 100_000;
const RUNS = 5;
const PAGE = 200;

async function fill(pool: pg.Pool, projectId: string): Promise<string> {
  const jobId = newId();
  await pool.query(
    `insert into "Annotator" ("projectId", "id", "kind", "name") values ($1, $2, 'job', 'job')`,
    [projectId, jobId],
  );
  await pool.query(
    `insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position")
     select gen_random_uuid(), $1, 'r' || g, 'flight ' || g || ' was ' || (array['good', 'late', 'fine'])[1 + g % 3],
       jsonb_build_object('price', g * 7919 % 10007), g from generate_series(1, ${ROWS}) g`,
    [projectId],
  );
  await pool.query(
    `insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "value", "conf",
       "schemaVersion")
     select gen_random_uuid(), $1, "id", $2, 'sentiment', 'record', array[(array['pos', 'neg'])[1 + "position" % 2]],
       "position" * 31 % 1000 / 1000.0, 1 from "Record" where "projectId" = $1`,
    [projectId, jobId],
  );
  await pool.query("vacuum analyze");
  return jobId;
}

type Case = {
  name: string;
  query?: Query;
  sort?: SortKey[];
  /** The same by hand. */
  bare: { join?: string; where?: string; order: string };
};

function cases(jobId: string): Case[] {
  const label = { label: "sentiment", annotators: [jobId] };
  return [
    { name: "every record", bare: { order: `"position"` } },
    {
      name: "a keyword",
      query: { keyword: "late" },
      bare: { where: `r."content" ilike '%late%'`, order: `"position"` },
    },
    {
      name: "an order by metadata",
      sort: [{ by: "metadata.price", order: "desc" }],
      bare: { order: `(r."metadata" ->> 'price')::numeric desc, "position"` },
    },
    {
      name: "doubtful labels of a job",
      query: {
        and: [
          { label: { name: "sentiment", op: "==", value: "pos", annotators: [jobId] } },
          { labelMetadata: { ...label, name: "conf", op: "<", value: 0.1 } },
        ],
      },
      sort: [{ by: "conf", label: "sentiment", annotator: jobId, order: "asc" }],
      bare: {
        join: `join "Annotation" a on a."recordId" = r."id" and a."annotatorId" = '${jobId}'`,
        where: `a."value" = '{pos}' and a."conf" < 0.1`,
        order: `a."conf", "position"`,
      },
    },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

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
  const { administrator } = await createTestProject(db);
  const jobId = await fill(pool, administrator.projectId);
  for (const { name, query, sort, bare } of cases(jobId)) {
    const page = () =>
      searchRecords(db, administrator, {
        query,
        sort,
        limit: PAGE,
        include: ["annotations", "metadata"],
        total: "fast",
      });
    const { join = "", where = "true", order } = bare;
    const statement = () =>
      pool.query(
        `select r."id" from "Record" r ${join} where r."projectId" = $1 and r."deletedAt" is null and ${where}
         order by ${order} limit ${PAGE}`,
        [administrator.projectId],
      );
    await page();
    const ratios: number[] = [];
    const milliseconds: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const alone = await timed(statement);
      const whole = await timed(page);
      ratios.push(whole / alone);
      milliseconds.push(whole);
    }
    console.log(
      `${name}: ${Math.round(median(milliseconds))} ms a page of ${PAGE}, ${median(ratios).toFixed(1)} × the bare statement`,
    );
  }
} finally {
  await db.$disconnect();
  await pool.end();
  await server.stop();
  await rm(dir, { recursive: true });
}
