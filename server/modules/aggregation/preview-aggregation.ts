import type { AggregationPreview } from "@/contracts/aggregation";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { valueKey } from "@/server/modules/evaluation";
import type { Db } from "@/server/platform/db";
import { readFinalValues, readSnapshots } from "./aggregation-repository";
import { type Decision, decideRecords } from "./decide-records";
import { type AggregationInput, atOneMoment, checkAggregation } from "./prepare-aggregation";
import { addDecisions, emptyCounts } from "./tally";

type Final = Pick<Decision, "value" | "tie">;

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
    let counts = emptyCounts();
    let [same, changed] = [0, 0];
    for await (const decisions of decideRecords(tx, { projectId, label, policy, annotators })) {
      counts = addDecisions(counts, decisions);
      if (!newest) continue;
      const ids = decisions.map(({ recordId }) => recordId);
      const before = await readFinalValues(tx, { projectId, aggregationId: newest.id }, ids);
      for (const decision of decisions) {
        const old = before.get(decision.recordId);
        if (old && isSame(old, decision)) same += 1;
        else if (old) changed += 1;
      }
    }
    if (!newest) return { counts, changes: null };
    const kept = same + changed;
    const added = counts.records - kept;
    return {
      counts,
      changes: { snapshot: newest.id, added, changed, removed: newest.counts.records - kept },
    };
  });
}

const isSame = (a: Final, b: Final) =>
  valueKey(a.value) === valueKey(b.value) && valueKey(a.tie) === valueKey(b.tie);
