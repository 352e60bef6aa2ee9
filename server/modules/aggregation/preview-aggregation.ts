import type { AggregationCounts, AggregationPreview } from "@/contracts/aggregation";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import { readSnapshots } from "./aggregation-repository";
import { countsOf, emptyCounts } from "./count-decisions";
import { type DecideInput, decisions } from "./decisions";
import { type AggregationInput, atOneMoment, checkAggregation } from "./prepare-aggregation";

/**
 * What {@link createAggregation} would make now, and how it would differ from the label's newest snapshot. Nothing is
 * written.
 * @throws AppError `invalid` with the path of a label or annotator that is not there
 */
export async function previewAggregation(
  db: Db,
  actor: ProjectActor,
  input: AggregationInput,
): Promise<AggregationPreview> {
  requireScope(actor, "aggregation:read");
  await checkAggregation(db, actor, input);
  const { projectId } = actor;
  const { label, policy, annotators = null } = input;
  return atOneMoment(db, async (tx) => {
    const [newest] = await readSnapshots(tx, projectId, { label, limit: 1 });
    const decided = { projectId, label, policy, annotators };
    const { counts, same, changed } = await compareDecisions(tx, decided, newest?.id ?? null);
    if (!newest) return { counts, changes: null };
    const kept = same + changed;
    const added = counts.records - kept;
    return {
      counts,
      changes: { snapshot: newest.id, added, changed, removed: newest.counts.records - kept },
    };
  });
}

type Compared = { counts: AggregationCounts; same: number; changed: number };

/** What would be decided now; of how many records of a snapshot that would be the same, and of how many something else. */
async function compareDecisions(tx: Db, decided: DecideInput, snapshotId: string | null): Promise<Compared> {
  const [found] = await queryRows<Compared>(
    tx,
    sql`with f as materialized (${decisions(decided)}),
      old as (select f."value" = o."value" and f."tie" = o."tie" as same
        from f join "FinalLabel" o on o."projectId" = ${decided.projectId}::uuid
          and o."aggregationId" = ${snapshotId}::uuid and o."recordId" = f."recordId")
      select c."counts", (select count(*) filter (where same) from old)::int as "same",
        (select count(*) filter (where not same) from old)::int as "changed"
      from (${countsOf(rawSql("f"))}) c`,
  );
  return found ?? { counts: emptyCounts(), same: 0, changed: 0 };
}
