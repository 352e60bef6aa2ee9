import type { AggregationSnapshot } from "@/contracts/aggregation";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { insertFinalLabels, readSnapshots } from "./aggregation-repository";
import { countSnapshot, emptyCounts } from "./count-decisions";
import { type AggregationInput, atOneMoment, checkAggregation } from "./prepare-aggregation";

/**
 * Makes a snapshot of final labels under a policy, from the labels and verdicts of one moment. A snapshot never changes;
 * later verdicts go into the next one.
 * @throws AppError `invalid` with the path of a label or annotator that is not there
 */
export async function createAggregation(
  db: Db,
  actor: ProjectActor,
  input: AggregationInput,
): Promise<AggregationSnapshot> {
  requireScope(actor, "aggregation:write");
  const schemaVersion = await checkAggregation(db, actor, input);
  const { projectId, userId } = actor;
  const { label, policy, annotators = null } = input;
  const id = newId();
  await atOneMoment(db, async (tx) => {
    await tx.aggregation.create({
      data: {
        id,
        projectId,
        labelName: label,
        policy,
        options: { annotators },
        schemaVersion,
        counts: emptyCounts(),
        createdById: userId,
      },
    });
    await insertFinalLabels(tx, id, { projectId, label, policy, annotators });
    const counts = await countSnapshot(tx, projectId, id);
    await tx.aggregation.update({ where: { projectId_id: { projectId, id } }, data: { counts } });
  });
  const [snapshot] = await readSnapshots(db, projectId, { id, limit: 1 });
  if (!snapshot) throw new Error("the snapshot that was just made is gone");
  return snapshot;
}
