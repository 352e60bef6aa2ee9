import { type Db, inTransaction, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/** A search that takes longer is refused, so that no query keeps the database from others. */
export const SEARCH_MILLISECONDS = 5000;

/**
 * The result of statements that read, or null when one of them took longer. Works inside a transaction of the
 * caller's too.
 */
export async function withinTime<T>(
  db: Db,
  milliseconds: number,
  run: (tx: Db) => Promise<T>,
): Promise<{ result: T } | null> {
  if (milliseconds < 1) return null;
  return inTransaction(db, async (tx) => {
    await sqlRun(tx, "savepoint limited");
    await sqlRun(tx, `set local statement_timeout = ${Math.ceil(milliseconds)}`);
    try {
      return { result: await run(tx) };
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return null;
    } finally {
      // Takes back the timeout as well.
      await sqlRun(tx, "rollback to savepoint limited");
      // Limits may stand in one another: the name belongs to the outer one again.
      await sqlRun(tx, "release savepoint limited");
    }
  });
}

/**
 * The answer of a search.
 * @param left of the time that a search may take, by default all of it
 * @throws AppError `query_too_slow` when a statement of it took longer
 */
export async function answerInTime<T>(
  db: Db,
  run: (tx: Db) => Promise<T>,
  left = SEARCH_MILLISECONDS,
): Promise<T> {
  const answer = await withinTime(db, left, run);
  if (answer) return answer.result;
  throw new AppError(
    "query_too_slow",
    `The search was ended after ${SEARCH_MILLISECONDS / 1000} seconds. Narrow it by a condition that finds less, or simplify its regular expression.`,
  );
}

const isTimeout = (error: unknown) => error instanceof Error && /57014|statement timeout/.test(error.message);
