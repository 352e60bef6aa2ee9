import { afterCommit, type Db, sqlRun } from "../db";
import { CHANNEL } from "./postgres-listener";
import { getRedisPublisher } from "./redis-publisher";
import { encodeEvent } from "./topics";

/** PostgreSQL's limit for a notification is 8,000 bytes. */
const MAX_BYTES = 7900;

/**
 * Tells every process that listens to `topic`, when the transaction of `db` commits and only then. Events say
 * that something changed and where to look; the rows are the truth, since an event can be lost while a
 * listener reconnects. Commits that publish are serial in PostgreSQL, so publish per batch, not per row.
 * @param payload small JSON, under 7.9 KB with the topic
 */
export async function publish(db: Db, topic: string, payload: unknown = null): Promise<void> {
  const { channel, message, committed } = eventInStatement(topic, payload);
  if (channel === null) afterCommit(db, committed);
  else await sqlRun(db, "select pg_notify($1, $2)", [channel, message]);
}

/** An event that a statement tells which does more: see {@link eventInStatement}. */
type StatementEvent = {
  /** For `pg_notify`; null: the statement must notify nobody. */
  channel: string | null;
  message: string;
  /** To be called when the statement has committed. */
  committed(): void;
};

/**
 * {@link publish} within a statement of the caller's: `select pg_notify($1, $2) where $1 is not null` in it, and
 * `committed` after its commit.
 */
export function eventInStatement(topic: string, payload: unknown): StatementEvent {
  const message = encodeEvent(topic, payload);
  if (Buffer.byteLength(message) > MAX_BYTES)
    throw new Error(`The event on ${topic} is over ${MAX_BYTES} bytes.`);
  const redis = getRedisPublisher();
  return { channel: redis ? null : CHANNEL, message, committed: () => redis?.send(message) };
}
