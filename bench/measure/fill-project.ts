import type pg from "pg";
import type { Db } from "@/server/platform/db";
import { addJob, createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";

/** A labelled project and its two jobs. */
export type FilledProject = LabelledProject & { jobs: [string, string] };

const WORDS =
  "flight delayed thanks bag lost crew great gate hours again service help please late love never";

/**
 * Makes `count` records of about 140 characters with three metadata columns, and two jobs' labels on each, by SQL: a
 * tenth of the second job's labels differ from the first's. The index for keywords is left out, since no export reads it
 * and filling it would take most of the time.
 */
export async function fillProject(db: Db, pool: pg.Pool, count: number): Promise<FilledProject> {
  const world = await createLabelledProject(db);
  const jobs: [string, string] = [await addJob(world, "First"), await addJob(world, "Second")];
  const { id } = world.project;
  await pool.query(`drop index if exists "Record_content_trgm"`);
  await pool.query(
    `insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position", "updatedAt")
     select uuidv7(), $1::uuid, 'r' || n,
       '@airline' || n % 7 || ' ' || (select string_agg(($2::text[])[1 + (n * w * 7919 + w * 104729) % 16]
         || case when w % 5 = 0 then to_hex(n * w) else '' end, ' ') from generate_series(1, 20) w)
         || case when n % 11 = 0 then ', "quoted"' else '' end,
       jsonb_build_object('source', 'tweets', 'retweets', n % 50, 'airline', 'airline ' || n % 7), n, now()
     from generate_series(1, $3::bigint) n`,
    [id, WORDS.split(" "), count],
  );
  await pool.query(
    `insert into "MetadataName" ("projectId", "name", "type", "position")
     values ($1, 'source', 'string', 0), ($1, 'retweets', 'number', 1), ($1, 'airline', 'string', 2)`,
    [id],
  );
  for (const [which, job] of jobs.entries())
    await pool.query(
      `insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "value", "conf",
         "confMethod", "schemaVersion")
       select uuidv7(), $1::uuid, r."id", $2::uuid, 'sentiment', 'record',
         array[(array['pos', 'neg', 'neu'])[1 + (r."position" + case when r."position" % 10 = 0 then $3::int else 0 end) % 3]],
         0.5 + (r."position" % 500) / 1000.0, 'option-probability', 1
       from "Record" r where r."projectId" = $1::uuid order by r."position"`,
      [id, job, which],
    );
  await pool.query("vacuum analyze");
  return { ...world, jobs };
}
