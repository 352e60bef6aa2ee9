import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { nearestTexts } from "./nearest-texts";
import { type Nearest, nearestVectors } from "./nearest-vectors";
import { targetVectors } from "./target-vectors";
import { hasVectorIndex, nearestByIndex } from "./vector-index";

export type FindNearest = {
  projectId: string;
  recordIds: readonly string[];
  /** The name of the vectors to compare. */
  name: string | undefined;
  limit: number;
  /** Condition on `"Record" r`: among which neighbours are looked for. */
  filter: Sql;
  /** Condition on `"Record" r`: which records exist for whoever asks. */
  visible: Sql;
};

/**
 * The records nearest to some, without these: by vectors where they have them, else by wording.
 * @throws AppError `not_found` for records that aren't there, `invalid` for a name without vectors of theirs
 */
export async function findNearest(
  db: Db,
  { projectId, recordIds, name, limit, filter, visible }: FindNearest,
): Promise<Nearest & { name: string | null }> {
  const asked = [...new Set(recordIds.map((id) => id.toLowerCase()))];
  const known = await queryRows<{ id: string; content: string }>(
    db,
    sql`select r."id", r."content" from "Record" r where ${visible} and r."id" = any(${asked}::uuid[])`,
  );
  const missing = asked.flatMap((id, index) =>
    known.some((record) => record.id === id)
      ? []
      : [{ path: `recordIds.${index}`, message: "there is no such record" }],
  );
  if (missing.length > 0)
    throw new AppError("not_found", "Some of the records don't exist, or you have no access to them.", {
      errors: missing,
    });
  const targets = await targetVectors(db, projectId, asked, name);
  if (!targets) {
    const texts = known.map(({ content }) => content);
    return { ...(await nearestTexts(db, { texts, limit, filter, except: asked })), name: null };
  }
  const input = { projectId, targets, limit, filter, except: asked };
  const indexed = await hasVectorIndex(db, { projectId, name: targets.name });
  const nearest = indexed ? await nearestByIndex(db, input) : await nearestVectors(db, input);
  return { ...nearest, name: targets.name };
}
