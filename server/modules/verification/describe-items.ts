import type { Db } from "@/server/platform/db";
import { execute, sql } from "@/server/platform/sql";

/** From so many items on; fewer are read at once whatever the planner takes them for. */
const LARGE = 1000;

/**
 * PostgreSQL is told of many new items at once: until it has counted them it takes a session for one item, and reads
 * all verdicts for each.
 */
export async function describeItems(db: Db, added: number): Promise<void> {
  if (added >= LARGE)
    await execute(
      db,
      sql`analyze "SessionItem" ("projectId", "sessionId", "annotationId", "recordId", "position")`,
    );
}
