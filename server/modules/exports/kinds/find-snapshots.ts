import type { AggregationSnapshot } from "@/contracts/aggregation";
import { requireReady } from "@/server/modules/aggregation";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import { type ExportScope, isAskedFor, labelPosition } from "./label-scope";

export type FoundSnapshot = Pick<AggregationSnapshot, "id" | "label" | "schemaVersion" | "status" | "error">;

/** The header that says of which snapshots the rows are. */
export const snapshotHeader = (snapshots: readonly FoundSnapshot[]): Record<string, string> => ({
  "x-tandem-snapshot": snapshots.map(({ id }) => id).join(","),
});

/**
 * The snapshot asked for, by default each label's newest that is ready, in the order of the labels.
 * @throws AppError `no_snapshot` (404), `snapshot_not_ready` (409) of one asked for
 */
export async function findSnapshots(
  db: Db,
  scope: ExportScope,
  snapshot: string | undefined,
): Promise<FoundSnapshot[]> {
  const label = rawSql(`g."labelName"`);
  const only = snapshot === undefined ? rawSql(`g."status" = 'ready'`) : sql`g."id" = ${snapshot}::uuid`;
  const found = await queryRows<FoundSnapshot>(
    db,
    sql`select g."id", g."labelName" as "label", g."schemaVersion", g."status"::text as "status", g."error" from (
        select distinct on (g."labelName") g.* from "Aggregation" g
        where g."projectId" = ${scope.projectId}::uuid and ${only} and ${isAskedFor(scope, label)}
        order by g."labelName", g."id" desc) g
      order by ${labelPosition(scope, label)}`,
  );
  if (found.length === 0) throw noSnapshot(scope.label, snapshot);
  found.forEach(requireReady);
  return found;
}

function noSnapshot(label: string | undefined, snapshot: string | undefined): AppError {
  const message = snapshot
    ? `There is no snapshot ${snapshot} of final labels${label ? ` of "${label}"` : ""} in this project.`
    : `There are no final labels${label ? ` of "${label}"` : ""} yet: make a snapshot first.`;
  return new AppError("no_snapshot", message, { status: 404 });
}
