import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { sha256 } from "./crypto";
import { databaseProblem, isStillStarting } from "./database-problem";
import { AppError } from "./errors";
import { newId } from "./ids";

/** The key under which Prisma's own CLI locks while it migrates. */
const LOCK = 72707369;
const OLDEST_SERVER = 170_000;

/** How long a server that says it is starting up, or recovering, is waited for. */
const PATIENCE = 60_000;

type Migration = { name: string; sql: string; checksum: string };
type Applied = { migration_name: string; checksum: string; finished: boolean };

/**
 * Applies the migrations of `prisma/migrations` that the database lacks, in order, one transaction each, and
 * records them as Prisma's CLI does. Processes that start together wait for each other.
 * @param folder of migrations; by default that of the project the process runs in
 * @returns the names of the migrations applied now
 * @throws AppError `migration`, one line, when the database differs from what was released; `database_unreachable`
 */
export async function migrate(
  url: string,
  folder = path.resolve("prisma", "migrations"),
): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const client = await connect(url);
  try {
    await checkServer(client);
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query(TABLE);
    const pending = pendingOf(migrations, await readApplied(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    // The lock belongs to the connection and ends with it.
    await client.end();
  }
}

/** Whether every migration of `folder` is applied; for the readiness of a process. */
export async function isMigrated(pool: pg.Pool, folder?: string): Promise<boolean> {
  const migrations = await readMigrations(folder ?? path.resolve("prisma", "migrations"));
  return pendingOf(migrations, await readApplied(pool)).length === 0;
}

async function connect(url: string): Promise<pg.Client> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    // A connection that breaks later must not end the process; its query reports it.
    client.on("error", () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isStillStarting(error) || Date.now() > deadline) throw databaseProblem(error, url);
      await delay(100);
    }
  }
}

const TABLE = `
create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw failure(`There are no migrations in ${folder}: start Tandem in its own folder.`);
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const bytes = await readFile(path.join(folder, name, "migration.sql"));
      return { name, sql: bytes.toString("utf8"), checksum: sha256(bytes) };
    }),
  );
}

async function readApplied(client: pg.Client | pg.Pool): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    `select migration_name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  );
  return rows;
}

function pendingOf(migrations: Migration[], applied: Applied[]): Migration[] {
  const unfinished = applied.find((row) => !row.finished);
  if (unfinished) throw failure(`The migration ${unfinished.migration_name} was begun and not finished.`);
  const checksums = new Map(applied.map((row) => [row.migration_name, row.checksum]));
  return migrations.filter(({ name, checksum }) => {
    const known = checksums.get(name);
    if (known !== undefined && known !== checksum) {
      throw failure(`The migration ${name} was changed after it was applied to this database.`);
    }
    return known === undefined;
  });
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("begin");
    // The transaction's own clock stands still, and the row says how long the migration took.
    const { rows } = await client.query<{ started: Date }>("select clock_timestamp() as started");
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [newId(), checksum, name, rows[0]?.started],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw failure(`The migration ${name} failed: ${error instanceof Error ? error.message : error}`, error);
  }
}

/** The schema compares by `pg_c_utf8` (PostgreSQL 17) and stores any text. */
async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding",
  );
  const server = rows[0];
  if (server === undefined || server.version < OLDEST_SERVER || server.encoding !== "UTF8") {
    throw failure("The database of DATABASE_URL must be PostgreSQL 17 or later with the encoding UTF8.");
  }
}

function failure(message: string, cause?: unknown): AppError {
  return new AppError("migration", message, { status: 500, cause });
}
