import type { AggregationMade } from "@/contracts/aggregation";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { loadSight } from "@/server/modules/sight";
import { type Db, inTransaction, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { queryRows } from "@/server/platform/sql";
import { insertFinalLabels, readModel, readSnapshots } from "./aggregation-repository";
import { announceAggregation } from "./aggregation-topic";
import { type AggregationInput, checkAggregation } from "./check-aggregation";
import { countSnapshot, emptyCounts } from "./count-decisions";
import { decide, takesLong } from "./decide";
import type { DecideInput } from "./decide-input";
import { findHidingSession } from "./find-hiding-session";
import { enqueueAggregation } from "./make-task";
import { hasManyLabels } from "./many-labels";

/** Snapshots of a project that may be made in the background at once. */
const MAX_RUNNING = 5;

/**
 * Makes a snapshot of final labels under a policy, from the labels and verdicts of one moment. A snapshot never changes;
 * later verdicts go into the next one. One of many labels is answered as `running`, and made in the background from the
 * labels of the moment at which that begins.
 * @throws AppError `invalid` with the path of what is not there or can't be settled so; `too_many_runs` (409);
 * `hidden_verdicts` (409) while a session hides something of the label from the actor
 */
export async function createAggregation(
  db: Db,
  actor: ProjectActor,
  input: AggregationInput,
): Promise<AggregationMade> {
  requireScope(actor, "aggregation:write");
  const checked = await checkAggregation(db, actor, input);
  const { definition, schemaVersion, annotators, weights, smoothing } = checked;
  const { projectId, userId } = actor;
  const { label, policy, versions = "every" } = input;
  await refuseHidden(db, actor, label);
  const options = { annotators, versions, weights, smoothing };
  const decided = { projectId, label, level: definition.level, policy, ...options };
  const slow = await takesLong((statement) => queryRows(db, statement), decided);
  const running = slow || (await hasManyLabels(db, projectId, label));
  const id = newId();
  await inTransaction(db, async (tx) => {
    // What is estimated and what is decided by it are of one moment.
    await sqlRun(tx, "set transaction isolation level repeatable read");
    if (running) await refuseTooMany(tx, projectId);
    await tx.aggregation.create({
      data: {
        ...{ id, projectId, policy, schemaVersion, createdById: userId, options },
        labelName: label,
        counts: emptyCounts(),
        ...(running ? { status: "running", progress: 0 } : {}),
      },
    });
    if (running) await enqueueAggregation(tx, { projectId, id });
    else await settle(tx, id, decided);
    await announceAggregation(tx, projectId);
  });
  const [snapshot] = await readSnapshots(db, projectId, { id, limit: 1 });
  if (!snapshot) throw new Error("the snapshot that was just made is gone");
  return { ...snapshot, model: await readModel(db, projectId, id) };
}

/** Makes the rows of a snapshot of few labels. */
async function settle(tx: Db, id: string, input: DecideInput): Promise<void> {
  const { projectId } = input;
  const { decided, model } = await decide((statement) => queryRows(tx, statement), input, { quick: false });
  await insertFinalLabels(tx, { projectId, id }, decided);
  const counts = await countSnapshot(tx, projectId, id);
  const data = { counts, ...(model ? { model } : {}) };
  await tx.aggregation.update({ where: { projectId_id: { projectId, id } }, data });
}

/** Counts of a snapshot are everybody's to read: made again and again, they would tell each verdict that comes in. */
async function refuseHidden(db: Db, actor: ProjectActor, label: string): Promise<void> {
  const session = await findHidingSession(db, await loadSight(db, actor), label);
  if (session)
    throw new AppError(
      "hidden_verdicts",
      `The session "${session.name}" hides labels or verdicts of "${label}" while it is open. Close it first, or ask an administrator to make the snapshot.`,
      { status: 409 },
    );
}

async function refuseTooMany(tx: Db, projectId: string): Promise<void> {
  const running = await tx.aggregation.count({ where: { projectId, status: "running" } });
  if (running >= MAX_RUNNING)
    throw new AppError(
      "too_many_runs",
      `${running} snapshots of this project are being made. Wait until one is ready, or cancel one.`,
      { status: 409 },
    );
}
