import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/** Code points of each of the records that the actor reaches; the others are not in it. */
export async function readLengths(
  tx: Db,
  actor: ProjectActor,
  recordIds: readonly string[],
): Promise<Map<string, number>> {
  const filter = await recordFilter(tx, actor, { ids: [...new Set(recordIds)] });
  const rows = await queryRows<{ id: string; length: number }>(
    tx,
    sql`select r."id", char_length(r."content") as "length" from "Record" r where ${filter}`,
  );
  return new Map(rows.map(({ id, length }) => [id, length]));
}
