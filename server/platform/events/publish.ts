import { type Db, sqlRun } from "../db";

export const CHANNEL = "tandem";

/** PostgreSQL's limit for a notification is 8,000 bytes. */
const MAX_BYTES = 7900;

/**
 * Tells every process that listens to `topic`, when the transaction of `db` commits and only then. Events say
 * that something changed and where to look; the rows are the truth, since an event can be lost while a
 * listener reconnects. Commits that publish are serial in PostgreSQL, so publish per batch, not per row.
 * @param payload small JSON, under 7.9 KB with the topic
 */
export async function publish(db: Db, topic: string, payload: unknown = null): Promise<void> {
  await sqlRun(db, "select pg_notify($1, $2)", eventArguments(topic, payload));
}

/** The arguments of `pg_notify` for {@link publish} within a statement that does more. */
export function eventArguments(topic: string, payload: unknown): [channel: string, message: string] {
  const message = JSON.stringify({ topic, payload });
  if (Buffer.byteLength(message) > MAX_BYTES)
    throw new Error(`The event on ${topic} is over ${MAX_BYTES} bytes.`);
  return [CHANNEL, message];
}
