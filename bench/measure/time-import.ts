import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { type ImportOptions, importOptions } from "@/contracts/imports";
import type { ProjectActor } from "@/server/modules/access";
import { putSchema } from "@/server/modules/projects";
import { getImport, receiveUpload, startImport } from "@/server/modules/records";
import { createDb } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { createTestProject } from "@/server/testing/projects";
import { LABELLED_OPTIONS } from "./write-labelled";
import { TWEET_METADATA } from "./write-tweets";

export type Bench = { url: string; pool: pg.Pool; db: ReturnType<typeof createDb>; dir: string };
export type TimedImport = {
  milliseconds: number;
  /** Megabytes: the most that the process held, and what was left of its heap after full collections. */
  peak: number;
  kept: number;
  rows: number;
  member: ProjectActor;
};

/** Imports a file of tweets, from the first byte of the upload to the last row; the worker is a process of its own. */
export async function timeImport(
  bench: Bench,
  file: string,
  whileRunning?: () => Promise<void>,
): Promise<TimedImport> {
  const { administrator: member } = await createTestProject(bench.db);
  const options = importOptions.parse({
    format: "csv",
    id: "id",
    content: "content",
    metadata: TWEET_METADATA,
  });
  return { ...(await timeFile(bench, member, { file, options }, whileRunning)), member };
}

/** As {@link timeImport}, of a file of {@link writeLabelled}. */
export async function timeLabelImport(bench: Bench, file: string): Promise<TimedImport> {
  const { administrator: member } = await createTestProject(bench.db);
  const options = LABELLED_OPTIONS.map((value) => ({ value, text: value }));
  await putSchema(bench.db, member, {
    labelSchema: [
      { name: "sentiment", level: "record", options },
      { name: "parts", level: "span", options },
    ],
  });
  const asked = importOptions.parse({ kind: "labels", format: "jsonl", labels: { format: "doccano" } });
  return { ...(await timeFile(bench, member, { file, options: asked })), member };
}

async function timeFile(
  { url, db, dir }: Bench,
  member: ProjectActor,
  { file, options }: { file: string; options: ImportOptions },
  whileRunning?: () => Promise<void>,
): Promise<Omit<TimedImport, "member">> {
  const started = performance.now();
  const upload = await receiveUpload(createReadStream(file), {
    dir,
    maxBytes: 2 ** 31,
    onHead: () => undefined,
  });
  const about = { upload, options, fileName: path.basename(file), contentType: "text/plain" };
  const { id } = await startImport(db, member, about);
  await upload.close();
  const uploaded = performance.now() - started;
  const script = fileURLToPath(new URL("import-process.ts", import.meta.url));
  const worker = spawn(process.execPath, ["--import", "tsx", script, url, id], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(worker, "close");
  const [said] = await Promise.all([text(worker.stdout), whileRunning?.()]);
  await ended;
  const [worked = Number.NaN, peak = Number.NaN, kept = Number.NaN] = said.split(" ").map(Number);
  const run = await getImport(db, member, { id });
  if (run.status !== "succeeded" || run.imported === 0)
    throw new Error(`The import failed: ${JSON.stringify(run.error)}`);
  return { milliseconds: uploaded + worked, peak, kept, rows: run.imported };
}

/** The indexes for keywords and for words, which take most of the time of any way to write records. */
const TEXT_INDEXES = ["Record_content_trgm", "Record_content_words"];

/** Takes the text indexes away while `run` measures what the rows cost without them. */
export async function withoutTextIndexes<T>({ pool }: Bench, run: () => Promise<T>): Promise<T> {
  const { rows } = await pool.query<{ definition: string }>(
    `select pg_get_indexdef(c.oid) as definition from pg_class c where c.relname = any($1)`,
    [TEXT_INDEXES],
  );
  for (const name of TEXT_INDEXES) await pool.query(`drop index "${name}"`);
  try {
    return await run();
  } finally {
    await pool.query(`truncate "Record" cascade`);
    for (const { definition } of rows) await pool.query(definition);
  }
}

/** The same rows by `COPY`, which PostgreSQL reads itself, into an empty table with the same columns and indexes. */
export async function timeCopy({ pool }: Bench, copyFile: string): Promise<number> {
  await pool.query("drop table if exists copied");
  await pool.query(`create table copied (like "Record" including all)`);
  const started = performance.now();
  await pool.query(`copy copied from '${copyFile}'`);
  const milliseconds = performance.now() - started;
  await pool.query("drop table copied");
  return milliseconds;
}

/** Writes the records of a project as a file that `COPY` reads. */
export async function writeCopyFile({ pool }: Bench, projectId: string, copyFile: string): Promise<void> {
  await pool.query(
    `copy (select * from "Record" where "projectId" = '${projectId}' order by "position") to '${copyFile}'`,
  );
}

const BATCH = 1000;

/** The same rows by Prisma's `createMany`, a thousand at a time in one transaction. */
export async function timeCreateMany({ pool, db }: Bench, projectId: string): Promise<number> {
  const rows = await db.record.findMany({ where: { projectId }, orderBy: { position: "asc" } });
  const { project } = await createTestProject(db);
  const client = createDb(pool);
  const started = performance.now();
  await client.$transaction(
    async (tx) => {
      for (let at = 0; at < rows.length; at += BATCH)
        await tx.record.createMany({
          data: rows.slice(at, at + BATCH).map(({ externalId, content, metadata, position }) => ({
            ...{ id: newId(), projectId: project.id, externalId, content, position },
            metadata: metadata ?? {},
          })),
        });
    },
    { timeout: 600_000 },
  );
  return performance.now() - started;
}
