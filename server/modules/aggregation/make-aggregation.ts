import { setImmediate } from "node:timers/promises";
import type pg from "pg";
import type { AggregationModel, AggregationSnapshot } from "@/contracts/aggregation";
import { isDiskFull } from "@/server/platform/database-problem";
import { type Db, inTransaction } from "@/server/platform/db";
import { isAppError } from "@/server/platform/errors";
import { eventInStatement } from "@/server/platform/events";
import { heldTask } from "@/server/platform/queue";
import { queryRows, rawSql, renderSql, type Sql, sql } from "@/server/platform/sql";
import { DECIDED, VERSIONS } from "./aggregation-repository";
import { aggregationTopic, announceAggregation } from "./aggregation-topic";
import { countsOf } from "./count-decisions";
import { decideInBatches } from "./decide";
import type { DecideInput } from "./decide-input";
import { MAX_MAKE_ATTEMPTS, type MakeAggregationPayload, makeTaskKey } from "./make-task";

type MakeContext = {
  db: Db;
  pool: pg.Pool;
  /** Aborted when the worker stops; looked at between batches. */
  signal: AbortSignal;
  /** 1 at the first run. */
  attempt: number;
  leaseToken: string;
};

/** Places of records that are worked on in one statement. */
const BATCH = 20_000;
const PROGRESS_EVERY = 500;
const WORK_MEM = "64MB";

/**
 * Makes a snapshot that was answered as `running`. First every record is decided, batch by batch in one view of the
 * data, into a temporary table; then the rows are written, and with them that the snapshot is ready, in one transaction.
 * So a killed worker leaves nothing, and the next one begins anew. One that has ended, or was cancelled, stays as it is.
 */
export async function makeAggregation(context: MakeContext, payload: MakeAggregationPayload): Promise<void> {
  const { db, pool, signal, attempt } = context;
  const input = await readInput(db, payload);
  if (!input) return;
  try {
    await makeIn(await pool.connect(), input, { context, payload });
  } catch (error) {
    if (error instanceof Cancelled) return;
    if (signal.aborted) throw error;
    if (isAppError(error)) await fail(db, payload, { code: error.code, detail: error.message });
    else if (isDiskFull(error)) await fail(db, payload, DISK_FULL);
    else if (attempt >= MAX_MAKE_ATTEMPTS) await fail(db, payload, SERVER_ERROR);
    else throw error;
  }
}

type Work = { context: MakeContext; payload: MakeAggregationPayload };

async function makeIn(client: pg.PoolClient, input: DecideInput, { context, payload }: Work): Promise<void> {
  try {
    const note = noteEvery(context.db, payload);
    const { range, model } = await decideAll(client, input, { signal: context.signal, note });
    await writeAll(client, payload, { context, note, range, model });
  } finally {
    // With the connection goes its temporary table, and whatever was not committed.
    client.release(true);
  }
}

/** Somebody cancelled it: there is nothing left to do. */
class Cancelled extends Error {}

async function readInput(db: Db, { projectId, id }: MakeAggregationPayload): Promise<DecideInput | null> {
  const [found] = await queryRows<DecideInput>(
    db,
    sql`select g."projectId", g."labelName" as "label", g."policy", g."options" -> 'annotators' as "annotators",
        ${VERSIONS} as "versions", g."options" -> 'weights' as "weights",
        (g."options" ->> 'smoothing')::float8 as "smoothing",
        (select d ->> 'level' from jsonb_array_elements(l."labels") d where d ->> 'name' = g."labelName") as "level"
      from "Aggregation" g
      join "LabelSchema" l on l."projectId" = g."projectId" and l."version" = g."schemaVersion"
      where g."projectId" = ${projectId}::uuid and g."id" = ${id}::uuid and g."status" = 'running'`,
  );
  return found ?? null;
}

type Note = (share: number) => Promise<void>;

/** Notes the share that is done, a few times a second, and so sees that the snapshot was cancelled. */
function noteEvery(db: Db, { projectId, id }: MakeAggregationPayload): Note {
  let noted = 0;
  return async (share) => {
    const now = performance.now();
    if (now - noted < PROGRESS_EVERY) return;
    noted = now;
    const running = await inTransaction(db, async (tx) => {
      const { count } = await tx.aggregation.updateMany({
        where: { projectId, id, status: "running" },
        data: { progress: share },
      });
      await announceAggregation(tx, projectId);
      return count > 0;
    });
    if (!running) throw new Cancelled();
  };
}

/** Places of records, from the first to the last. */
type Range = { first: number; last: number };

const run = async <T extends pg.QueryResultRow>(client: pg.PoolClient, statement: Sql): Promise<T[]> => {
  const { text, params } = renderSql(statement);
  return (await client.query<T>(text, [...params])).rows;
};

async function decideAll(
  client: pg.PoolClient,
  input: DecideInput,
  { signal, note }: { signal: AbortSignal; note: Note },
): Promise<{ range: Range; model: AggregationModel | null }> {
  await client.query(`begin isolation level repeatable read; set local work_mem = '${WORK_MEM}';
    create temp table final_decisions ("recordId" uuid not null, "position" bigint not null, "value" text[] not null,
      "tie" text[] not null, "confidence" float8, "entropy" float8, "provenance" jsonb not null,
      "spans" jsonb)`);
  const [range = { first: 0, last: -1 }] = await run<Range>(
    client,
    sql`select coalesce(min(r."position"), 0)::float8 as "first", coalesce(max(r."position"), -1)::float8 as "last"
      from "Record" r where r."projectId" = ${input.projectId}::uuid`,
  );
  const { decidedOf, model } = await decideInBatches((statement) => run(client, statement), input, {
    batches: conditionsOf(range),
    onStep: async () => {
      signal.throwIfAborted();
      await setImmediate();
      await note(0);
    },
  });
  for (const batch of batchesOf(range)) {
    signal.throwIfAborted();
    await run(client, sql`insert into final_decisions select d.* from (${decidedOf(recordsOf(batch))}) d`);
    await note(0.5 * shareAt(batch, range));
  }
  await client.query(`create index on final_decisions ("position"); analyze final_decisions; commit`);
  return { range, model };
}

const recordsOf = ({ first, last }: Range): Sql =>
  sql`r."position" between ${first}::bigint and ${last}::bigint`;

function* conditionsOf(range: Range): Generator<Sql> {
  for (const batch of batchesOf(range)) yield recordsOf(batch);
}

type Write = { context: MakeContext; note: Note; range: Range; model: AggregationModel | null };

async function writeAll(
  client: pg.PoolClient,
  payload: MakeAggregationPayload,
  { context: { signal, leaseToken }, note, range, model }: Write,
): Promise<void> {
  const { projectId, id } = payload;
  await client.query("begin");
  for (const batch of batchesOf(range)) {
    signal.throwIfAborted();
    await run(
      client,
      sql`insert into "FinalLabel" ("projectId", "aggregationId", ${DECIDED})
        select ${projectId}::uuid, ${id}::uuid, ${DECIDED} from final_decisions
        where "position" between ${batch.first}::bigint and ${batch.last}::bigint`,
    );
    await note(0.5 + 0.5 * shareAt(batch, range));
  }
  const { channel, message, committed } = eventInStatement(aggregationTopic(projectId), null);
  const ended = await run(
    client,
    sql`update "Aggregation" g set "status" = 'ready', "progress" = null, "counts" = c."counts",
        "model" = ${model && JSON.stringify(model)}::jsonb
      from (${countsOf(rawSql("final_decisions f"))}) c
        left join lateral (
          select pg_notify(${channel}::text, ${message}::text) where ${channel}::text is not null) told on true
      where g."projectId" = ${projectId}::uuid and g."id" = ${id}::uuid and g."status" = 'running' returning 1`,
  );
  if (ended.length === 0) throw new Cancelled();
  const held = await run(client, heldTask(makeTaskKey(payload), leaseToken, rawSql("true")));
  if (held.length === 0) throw new Error("Another worker has taken the snapshot.");
  await client.query("commit");
  committed();
}

function* batchesOf({ first, last }: Range): Generator<Range> {
  for (let from = first; from <= last; from += BATCH) yield { first: from, last: from + BATCH - 1 };
}

const shareAt = (batch: Range, { first, last }: Range): number =>
  Math.min(1, (batch.last - first + 1) / (last - first + 1));

const DISK_FULL = {
  code: "disk_full",
  detail:
    "The disk of the database is full, and nothing was kept. Free room there and make the snapshot again.",
};
const SERVER_ERROR = {
  code: "internal",
  detail: "The snapshot was not made because of an error of the server. Make it again.",
};

async function fail(
  db: Db,
  { projectId, id }: MakeAggregationPayload,
  error: NonNullable<AggregationSnapshot["error"]>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.aggregation.updateMany({
      where: { projectId, id, status: "running" },
      data: { status: "failed", progress: null, error },
    });
    await announceAggregation(tx, projectId);
  });
}
