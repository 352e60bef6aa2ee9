import type pg from "pg";
import { newId } from "@/server/platform/ids";

/** What a search benchmark asks about. */
export type MillionRecords = {
  projectId: string;
  /** A job whose confidences are probabilities: nearly all different. */
  probabilityJob: string;
  /** A job whose confidences were said by the model: a dozen values. */
  verbalisedJob: string;
  staticSubset: string;
  liveSubset: string;
};

type Input = {
  projectId: string;
  userId: string;
  /** Records. */
  size: number;
};

/**
 * Fills a project by set-based SQL, the same for the same size but for its ids: texts of about 140 characters from a
 * vocabulary of 4,096 words (the first in most texts, the last in one of six hundred), a number, a text and a boolean
 * beside each, labels of two jobs on every record, a verdict on every tenth, a static subset of every twentieth and
 * a live one. Indexes that are not unique are made afterwards.
 */
export async function fillMillionRecords(pool: pg.Pool, input: Input): Promise<MillionRecords> {
  const world = {
    projectId: input.projectId,
    probabilityJob: newId(),
    verbalisedJob: newId(),
    staticSubset: newId(),
    liveSubset: newId(),
  };
  const client = await pool.connect();
  try {
    await client.query(
      `set session_replication_role = replica; set maintenance_work_mem = '512MB'; select setseed(0.5)`,
    );
    const indexes = await dropIndexes(client);
    await addRecords(client, input);
    await addLabels(client, world);
    await addVerdicts(client, world, input.userId);
    await addSubsets(client, world, input.userId);
    for (const index of indexes) await client.query(index);
    await client.query("vacuum analyze");
  } finally {
    client.release(true);
  }
  return world;
}

/** The definitions of the indexes dropped. */
async function dropIndexes(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(c.oid) as definition from pg_index i
     join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     where not i.indisunique and t.relname in ('Record', 'Annotation', 'Verification', 'SubsetRecord')`,
  );
  for (const { name } of rows) await client.query(`drop index "${name}"`);
  return rows.map(({ definition }) => definition);
}

const SYLLABLES = "{ba,ke,li,mo,nu,ra,se,ti,vo,zu,an,er,is,ol,um,fly}";

async function addRecords(client: pg.PoolClient, { projectId, size }: Input): Promise<void> {
  await client.query(
    `insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position", "createdAt")
     select uuidv7(), $1, 'tweet-' || lpad((g::bigint * 7919 % 100000007)::text, 9, '0'),
       (select '@Airline' || g % 7 || ' ' || string_agg(case n when 0 then 'flight' when 7 then 'delayed'
             when 900 then 'luggage' when 4000 then 'upgrade' else s[1 + n / 256] || s[1 + n / 16 % 16] || s[1 + n % 16] end,
             ' ') || ' #' || to_hex(g::bigint * 2654435761 % 4294967296)
         from (select floor(4096 * power(random() + least(g, 0) * w, 3))::int as n from generate_series(1, 18) w) picked,
           (select '${SYLLABLES}'::text[] as s) syllables),
       jsonb_build_object('price', round((random() * 1000)::numeric, 2), 'airline', 'Airline ' || chr(65 + g % 26) || g % 301,
         'verified', g % 3 = 0),
       g, timestamptz '2026-01-01' + make_interval(hours => g / 10000)
     from generate_series(0, $2::int - 1) g`,
    [projectId, size],
  );
  await client.query(
    `update "Record" set "deletedAt" = now() where "projectId" = $1 and "position" % 200 = 99`,
    [projectId],
  );
  await client.query(`update "Project" set "nextPosition" = $2 where "id" = $1`, [projectId, size]);
  await client.query(
    `insert into "MetadataName" ("projectId", "name", "type", "position")
     values ($1, 'price', 'number', 0), ($1, 'airline', 'string', 1), ($1, 'verified', 'boolean', 2)`,
    [projectId],
  );
}

async function addLabels(client: pg.PoolClient, world: MillionRecords): Promise<void> {
  const { projectId, probabilityJob, verbalisedJob } = world;
  for (const [id, conf] of [
    [probabilityJob, `1 - power(random(), 3) * 0.7`],
    [
      verbalisedJob,
      `(array[0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.9, 0.95, 0.95, 0.95, 0.98, 1])[1 + floor(random() * 13)::int]`,
    ],
  ] as const) {
    await client.query(
      `insert into "Annotator" ("projectId", "id", "kind", "name") values ($1, $2, 'job', 'A job')`,
      [projectId, id],
    );
    await client.query(
      `insert into "Annotation" ("id", "projectId", "recordId", "annotatorId", "labelName", "level", "value", "conf",
         "schemaVersion")
       select uuidv7(), $1, "id", $2, 'sentiment', 'record',
         array[(array['neg', 'neg', 'neg', 'neu', 'pos'])[1 + ("position" + (random() < 0.1)::int * 3) % 5]], ${conf}, 1
       from "Record" where "projectId" = $1 order by "position"`,
      [projectId, id],
    );
  }
}

async function addVerdicts(client: pg.PoolClient, world: MillionRecords, userId: string): Promise<void> {
  await client.query(
    `insert into "Annotator" ("projectId", "id", "kind", "name") values ($1, $2, 'user', 'A person')`,
    [world.projectId, userId],
  );
  await client.query(
    `insert into "Verification" ("id", "projectId", "annotationId", "recordId", "jobId", "labelName", "verifierId",
       "status", "value", "current")
     select uuidv7(), $1, a."id", r."id", $2, 'sentiment', $3,
       (array['CONFIRMS', 'CONFIRMS', 'CONFIRMS', 'CORRECTS', 'UNSURE'])[1 + floor(random() * 5)::int]::"VerificationStatus",
       a."value", true
     from "Record" r join "Annotation" a on a."projectId" = $1 and a."recordId" = r."id" and a."annotatorId" = $2
     where r."projectId" = $1 and r."position" % 10 = 3`,
    [world.projectId, world.probabilityJob, userId],
  );
}

async function addSubsets(client: pg.PoolClient, world: MillionRecords, userId: string): Promise<void> {
  const { projectId, staticSubset, liveSubset, probabilityJob } = world;
  const doubtful = {
    and: [
      { label: { name: "sentiment", op: "==", value: "pos", annotators: [probabilityJob] } },
      {
        labelMetadata: {
          label: "sentiment",
          name: "conf",
          op: "<",
          value: 0.5,
          annotators: [probabilityJob],
        },
      },
    ],
  };
  await client.query(
    `insert into "Subset" ("id", "projectId", "name", "kind", "query", "createdById")
     values ($2, $1, 'Every twentieth', 'static', null, $5), ($3, $1, 'Doubtful', 'live', $4, $5)`,
    [projectId, staticSubset, liveSubset, JSON.stringify(doubtful), userId],
  );
  await client.query(
    `insert into "SubsetRecord" ("projectId", "subsetId", "recordId")
     select $1, $2, "id" from "Record" where "projectId" = $1 and "position" % 20 = 7`,
    [projectId, staticSubset],
  );
}
