import type { BulkSkipReason } from "@/contracts/bulk";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/** Why how many records were left as they are. */
export type SkipCounts = Partial<Record<BulkSkipReason, number>>;

/** A record that a change altered. */
export type ChangedRecord = {
  id: string;
  /** JSON text of what has to be known to take the change back; kept as text, since JavaScript rounds numbers. */
  before: string;
};

/** What a change did to a set of records: each of them is either in `changed` or counted in `skipped`. */
export type SetChange = { changed: ChangedRecord[]; skipped: SkipCounts };

/** What taking a change back did: only what nobody altered since is as it was before. */
export type SetRevert = { restored: number; skipped: SkipCounts };

/** A change as it was made: which records, what they held before, and when. */
export type MadeChange = { items: readonly ChangedRecord[]; changedAt: Date };

/** The columns of {@link MadeChange.items} for `unnest(…::uuid[], …::text[])`. */
export const columnsOf = (items: readonly ChangedRecord[]): { ids: string[]; befores: string[] } => ({
  ids: items.map(({ id }) => id),
  befores: items.map(({ before }) => before),
});

/** Why these records were not changed: those that are neither erased nor deleted get the reason `otherwise`. */
export async function countSkipped(
  tx: Db,
  projectId: string,
  ids: readonly string[],
  otherwise: BulkSkipReason,
): Promise<SkipCounts> {
  if (ids.length === 0) return {};
  return queryRows<{ reason: BulkSkipReason; count: number }>(
    tx,
    sql`select case when r."erasedAt" is not null then 'erased' when r."deletedAt" is not null then 'deleted'
        else ${otherwise}::text end as "reason", count(*)::int as "count"
      from "Record" r where r."projectId" = ${projectId}::uuid and r."id" = any(${ids}::uuid[]) group by 1`,
  ).then((rows) => Object.fromEntries(rows.map(({ reason, count }) => [reason, count])));
}

/** Those of `ids` that are not among `changed`. */
export function withoutChanged(ids: readonly string[], changed: readonly { id: string }[]): string[] {
  const done = new Set(changed.map(({ id }) => id));
  return ids.filter((id) => !done.has(id));
}
