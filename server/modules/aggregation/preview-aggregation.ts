import type { AggregationCounts, AggregationPreview } from "@/contracts/aggregation";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { loadSight, outcomeInSight } from "@/server/modules/sight";
import { type Db, inTransaction, sqlRun } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { readSnapshots } from "./aggregation-repository";
import type { Run } from "./ballot";
import { type AggregationInput, checkAggregation } from "./check-aggregation";
import { countsOf, emptyCounts } from "./count-decisions";
import { decide, takesLong } from "./decide";
import type { DecideInput } from "./decide-input";
import { hasManyLabels } from "./many-labels";
import { drawRecords, type RecordSample, scaleUp } from "./sample-records";

/**
 * What {@link createAggregation} would make now, and how it would differ from the label's newest snapshot. Nothing is
 * written. Of a label that was given very often it is an estimate from records chosen at random, and says so.
 * @throws AppError `invalid` with the path of what is not there or can't be settled so
 */
export async function previewAggregation(
  db: Db,
  actor: ProjectActor,
  input: AggregationInput,
): Promise<AggregationPreview> {
  requireScope(actor, "aggregation:read");
  const { definition, annotators, weights, smoothing } = await checkAggregation(db, actor, input);
  const { projectId } = actor;
  const { label, policy, versions = "every" } = input;
  const many = await hasManyLabels(db, projectId, label);
  const sight = await loadSight(db, actor);
  return inTransaction(db, async (tx) => {
    // The snapshot, the sample and the labels are of one moment.
    await sqlRun(tx, "set transaction isolation level repeatable read");
    const sample = many ? await drawRecords(tx, projectId) : null;
    const [newest] = await readSnapshots(tx, projectId, { label, status: "ready", limit: 1 });
    const asked: DecideInput = {
      projectId,
      label,
      level: definition.level,
      policy,
      ...{ annotators, versions, weights, smoothing, sight },
      ...(sample ? { records: sample.condition } : {}),
    };
    const run: Run = (statement) => queryRows(tx, statement);
    const quick = many || (await takesLong(run, asked));
    const { decided } = await decide(run, asked, { quick });
    return present(
      await compareDecisions(tx, asked, decided, newest?.id ?? null),
      newest?.id ?? null,
      sample,
    );
  });
}

type Compared = {
  counts: AggregationCounts;
  /** Records of the snapshot, … */
  old: number;
  /** … of which so many would be decided the same, and so many otherwise. */
  same: number;
  changed: number;
};

/** What would be decided now, beside the rows of a snapshot, of the same records. */
async function compareDecisions(
  tx: Db,
  { projectId, label, records, sight }: DecideInput,
  decided: Sql,
  snapshotId: string | null,
): Promise<Compared> {
  const ofSample = records
    ? sql`and exists (select 1 from "Record" r where r."projectId" = o."projectId" and r."id" = o."recordId" and ${records})`
    : rawSql("");
  const [found] = await queryRows<Compared>(
    tx,
    sql`with f as materialized (${decided}),
      old as materialized (select o."recordId", o."value", o."tie", o."spans" from "FinalLabel" o
        where o."projectId" = ${projectId}::uuid and o."aggregationId" = ${snapshotId}::uuid ${ofSample}
        and ${sight ? outcomeInSight(sight, rawSql(`o."recordId"`), sql`${label}::text`) : rawSql("true")}),
      kept as (select f."value" = old."value" and f."tie" = old."tie"
        and coalesce(f."spans", '[]') = coalesce(old."spans", '[]') as same from f join old using ("recordId"))
      select c."counts", (select count(*) from old)::int as "old",
        (select count(*) filter (where same) from kept)::int as "same",
        (select count(*) filter (where not same) from kept)::int as "changed"
      from (${countsOf(rawSql("f"))}) c`,
  );
  return found ?? { counts: emptyCounts(), old: 0, same: 0, changed: 0 };
}

function present(
  { counts, old, same, changed }: Compared,
  snapshot: string | null,
  sample: RecordSample | null,
): AggregationPreview {
  const scale = (count: number) => (sample ? scaleUp(count, sample) : count);
  const { distribution, ...figures } = counts;
  const scaled = (of: Record<string, number>) =>
    Object.fromEntries(Object.entries(of).map(([name, count]) => [name, scale(count)]));
  const kept = same + changed;
  return {
    estimate: sample
      ? { sampled: sample.sampled, of: sample.of, margin: WIDEST / Math.sqrt(Math.max(1, counts.records)) }
      : null,
    counts: { ...emptyCounts(), ...scaled(figures), distribution: scaled(distribution) },
    changes:
      snapshot === null
        ? null
        : {
            snapshot,
            added: scale(counts.records - kept),
            changed: scale(changed),
            removed: scale(old - kept),
          },
  };
}

/** Half the width of a 95 % interval of a share of one half, which has the widest, times the root of the sample's size. */
const WIDEST = 1.96 * 0.5;
