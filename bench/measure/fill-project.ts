import type pg from "pg";
import type { Db } from "@/server/platform/db";
import { addJob, createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";

const WORDS =
  "flight delayed thanks bag lost crew great gate hours again service help please late love never";

/** Removes the indexes that no export reads: filling them would take most of the time of a large fill. */
export async function dropSearchIndexes(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_index i
     join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     where not i.indisunique and t.relname in ('Record', 'Annotation')`,
  );
  for (const { name } of rows) await pool.query(`drop index "${name}"`);
}

/**
 * Makes `count` records of about 140 characters with three metadata columns, and two jobs' labels on each, by SQL: a
 * tenth of the second job's labels differ from the first's. Foreign keys are not checked.
 */
export async function fillProject(db: Db, pool: pg.Pool, count: number): Promise<LabelledProject> {
  const world = await createLabelledProject(db);
  const jobs = [await addJob(world, "First"), await addJob(world, "Second")];
  const { id } = world.project;
  const client = await pool.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query(
      `insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position", "updatedAt")
       select uuidv7(), $1::uuid, 'r' || n,
         '@airline' || n % 7 || ' ' || (select string_agg(($2::text[])[1 + (n * w * 7919 + w * 104729) % 16]
           || case when w % 5 = 0 then to_hex(n * w) else '' end, ' ') from generate_series(1, 20) w)
           || case when n % 11 = 0 then ', "quoted"' else '' end,
         jsonb_build_object('source', 'tweets', 'retweets', n % 50, 'airline', 'airline ' || n % 7), n, now()
       from generate_series(1, $3::bigint) n`,
      [id, WORDS.split(" "), count],
    );
    await client.query(
      `insert into "MetadataName" ("projectId", "name", "type", "position")
       values ($1, 'source', 'string', 0), ($1, 'retweets', 'number', 1), ($1, 'airline', 'string', 2)`,
      [id],
    );
    for (const [which, job] of jobs.entries())
      await client.query(
        `insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "value", "conf",
           "confMethod", "schemaVersion")
         select uuidv7(), $1::uuid, r."id", $2::uuid, 'sentiment', 'record',
           array[(array['pos', 'neg', 'neu'])[1 + (r."position" + case when r."position" % 10 = 0 then $3::int else 0 end) % 3]],
           0.5 + (r."position" % 500) / 1000.0, 'option-probability', 1
         from "Record" r where r."projectId" = $1::uuid order by r."position"`,
        [id, job, which],
      );
  } finally {
    client.release(true);
  }
  return world;
}
