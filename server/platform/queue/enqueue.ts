import { type Db, sqlRows } from "../db";
import { publish } from "../events";
import { newId } from "../ids";

/** The topic that wakes the workers. */
export const QUEUE_TOPIC = "queue";

const DEFAULT_MAX_ATTEMPTS = 25;

export type EnqueueOptions = {
  /**
   * One task a key: while it waits, another `enqueue` joins it; while it runs, it makes the task run once
   * more afterwards, since the run may have read the rows before they changed.
   */
  key?: string;
  /** Not before; by default now. */
  runAt?: Date;
  /** Higher goes first; by default 0. */
  priority?: number;
  /** Runs, failed or killed, after which the task is left for an administrator; by default 25. */
  maxAttempts?: number;
};

/**
 * Adds a task in the transaction of `db`: it becomes due when, and only if, that transaction commits.
 * @param kind the name of a handler in `server/worker/handlers.ts`
 * @param payload ids, not data; JSON
 * @returns the task's id
 */
export async function enqueue(
  db: Db,
  kind: string,
  payload: Record<string, unknown>,
  { key, runAt, priority = 0, maxAttempts = DEFAULT_MAX_ATTEMPTS }: EnqueueOptions = {},
): Promise<string> {
  const rows = await sqlRows<{ id: string }>(db, INSERT, [
    newId(),
    kind,
    JSON.stringify(payload),
    key ?? null,
    priority,
    runAt ?? null,
    maxAttempts,
  ]);
  await publish(db, QUEUE_TOPIC);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`The task ${kind} was not written.`);
  return id;
}

// The column keeps milliseconds and would round half of all times into the future: not due at once.
const INSERT = `
insert into "Task" as task (id, kind, payload, key, priority, "runAt", "maxAttempts")
values ($1::uuid, $2::text, $3::jsonb, $4::text, $5::int,
        coalesce($6::timestamptz, date_trunc('milliseconds', now())), $7::int)
on conflict (key) do update set
  payload = excluded.payload,
  priority = greatest(task.priority, excluded.priority),
  attempts = case when task."leaseUntil" > now() then task.attempts else 0 end,
  "runAt" = case when task."runAt" > now() then least(excluded."runAt", task."runAt")
    when task."leaseUntil" > now() then greatest(excluded."runAt", task."runAt" + interval '1 millisecond')
    else least(excluded."runAt", task."runAt") end
returning id`;
