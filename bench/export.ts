import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ExportFormat, ExportKind } from "@/contracts/exports";
import { createAggregation } from "@/server/modules/aggregation";
import { createDb, createPool } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { migrate } from "@/server/platform/migrate";
import { timeCopyOut } from "./measure/copy-out";
import { fillProject } from "./measure/fill-project";
import { timeExport } from "./measure/time-export";

/**
 * Exports of 1,000,000 records with two jobs' labels: the first byte, the whole against `COPY … TO STDOUT` of the same
 * rows by PostgreSQL itself, and memory against that of an export of a tenth. Argument: another number of records.
 */
const RECORDS = Number(process.argv[2] ?? 1_000_000);
const GOAL_FIRST_BYTE = 1000;

const files: readonly [ExportKind, ExportFormat][] = [
  ["records", "csv"],
  ["records", "jsonl"],
  ["records", "parquet"],
  ["records", "labelstudio"],
  ["annotations", "csv"],
  ["final", "csv"],
];

/** The same rows, and of them the columns that the file has, as PostgreSQL itself sends them. */
const copies: Record<ExportKind, (projectId: string) => string> = {
  records: (
    id,
  ) => `select r."externalId", r."content", r."metadata" ->> 'source', r."metadata" ->> 'retweets',
    r."metadata" ->> 'airline' from "Record" r where r."projectId" = '${id}' and r."deletedAt" is null
    order by r."position"`,
  annotations: (id) => `select r."id", r."externalId", r."content", a."annotatorId", t."kind", t."name",
    a."labelName", a."level", a."value", a."start", a."end", a."conf", a."confMethod", a."metadata", a."createdAt"
    from "Record" r join "Annotation" a on a."projectId" = r."projectId" and a."recordId" = r."id"
    join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId"
    where r."projectId" = '${id}' and r."deletedAt" is null order by r."position", t."createdAt", t."id"`,
  final: (
    id,
  ) => `select r."id", r."externalId", r."content", g."labelName", f."value", g."policy", f."confidence",
    f."provenance", g."schemaVersion", g."id" from "FinalLabel" f
    join "Aggregation" g on g."projectId" = f."projectId" and g."id" = f."aggregationId"
    join "Record" r on r."projectId" = f."projectId" and r."id" = f."recordId"
    where f."projectId" = '${id}' and r."deletedAt" is null order by f."position"`,
  verifications: () => "select 1",
};

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;

const dir = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
await chmod(dir, 0o755);
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
  const small = await fillProject(db, pool, Math.ceil(RECORDS / 10));
  const large = await fillProject(db, pool, RECORDS);
  for (const { member, project } of [small, large]) {
    const started = performance.now();
    const made = await createAggregation(db, member, { label: "sentiment", policy: "verified-first" });
    console.log(`snapshot of ${made.counts.records} final labels: ${seconds(performance.now() - started)}`);
    await pool.query("vacuum analyze");
    if (project.id === small.project.id)
      for (const [kind, format] of files) await timeExport({ db, pool }, member, { kind, format });
  }
  for (const [kind, format] of files) {
    const tenth = await timeExport({ db, pool }, small.member, { kind, format });
    const copied = await timeCopyOut(server.url, copies[kind](large.project.id));
    const whole = await timeExport({ db, pool }, large.member, { kind, format });
    console.log(
      `${kind} as ${format}: first byte ${Math.round(whole.firstByte)} ms (goal ≤ ${GOAL_FIRST_BYTE}), ` +
        `${seconds(whole.milliseconds)}, ${(whole.milliseconds / copied.milliseconds).toFixed(2)} × COPY, ` +
        `${Math.round(whole.bytes / 1e6)} MB; memory ${tenth.peak} MB at a tenth, ${whole.peak} MB at ${RECORDS}`,
    );
  }
} finally {
  await db.$disconnect();
  await pool.end();
  await server.stop();
  await rm(dir, { recursive: true });
}
