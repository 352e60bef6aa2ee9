import type pg from "pg";
import { counter, gauge } from "../metrics";

type QueueRow = { kind: string; state: string; tasks: number; age: number };

/** `failed`: no try is left, and a person must look. */
const QUEUE = `
  select kind, state, count(*)::int as tasks, extract(epoch from max(now() - "runAt"))::float8 as age from (
    select kind, "runAt", case
      when "leaseUntil" > now() then 'running'
      when attempts > "maxAttempts" or (attempts = "maxAttempts" and "leaseToken" is null) then 'failed'
      when "runAt" > now() then 'delayed'
      else 'due' end as state
    from "Task"
  ) tasks group by kind, state`;

/** How tasks ended in this process. */
export const tasksEnded = counter({
  name: "tandem_tasks_ended_total",
  help: "Runs of background tasks in this process, by how they ended.",
  labels: ["kind", "outcome"],
});

/** Shows the queue, which all processes share: of several that show it, take the maximum. */
export function exposeQueue(pool: pg.Pool): void {
  gauge({
    name: "tandem_queue_tasks",
    help: "Tasks in the shared queue: due, delayed, running, failed for good.",
    labels: ["kind", "state"],
    collect: async (tasks) => {
      const { rows } = await pool.query<QueueRow>(QUEUE);
      for (const row of rows) tasks.set({ kind: row.kind, state: row.state }, row.tasks);
    },
  })();
  gauge({
    name: "tandem_queue_oldest_due_seconds",
    help: "How long the oldest task of a kind that is due has waited for a worker.",
    labels: ["kind"],
    collect: async (oldest) => {
      const { rows } = await pool.query<QueueRow>(QUEUE);
      for (const { kind, state, age } of rows) if (state === "due") oldest.set({ kind }, age);
    },
  })();
}
