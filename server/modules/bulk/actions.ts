import type { BulkAction } from "@/contracts/bulk";
import type { ProjectActor } from "@/server/modules/access";
import { labelMany, requireManyLabel, takeBackLabels } from "@/server/modules/annotations";
import {
  excludeRecords,
  includeRecords,
  type MadeChange,
  type SetChange,
  type SetRevert,
  setMetadata,
  takeBackExclusion,
  takeBackInclusion,
  takeBackMetadata,
} from "@/server/modules/records";
import {
  addToSubset,
  removeFromSubset,
  requireStaticSubset,
  takeBackAddition,
  takeBackRemoval,
} from "@/server/modules/subsets";
import type { Db } from "@/server/platform/db";

/** Whether the action is about the labels of the person who asks for it, which are nobody else's to change. */
export const isOwnLabels = ({ type }: BulkAction): boolean => type === "label" || type === "clearLabel";

/**
 * Makes sure that the action can be done as things stand now; asked when it is started and before each batch,
 * since a schema may change and a subset may go meanwhile.
 * @throws AppError of the label or subset, at `action.…`
 */
export async function checkAction(db: Db, actor: ProjectActor, action: BulkAction): Promise<void> {
  const { projectId } = actor;
  if (action.type === "label" || action.type === "clearLabel") await labelOf(db, actor, action);
  if (action.type === "addToSubset" || action.type === "removeFromSubset")
    await requireStaticSubset(db, { projectId, subsetId: action.subsetId }, "action.subsetId");
}

/** Does the action to some thousand records, in the transaction of `tx`. */
export async function applyAction(
  tx: Db,
  actor: ProjectActor,
  action: BulkAction,
  ids: readonly string[],
): Promise<SetChange> {
  const { projectId, userId } = actor;
  switch (action.type) {
    case "delete":
      return excludeRecords(tx, { projectId, ids, userId });
    case "restore":
      return includeRecords(tx, { projectId, ids });
    case "setMetadata":
      return setMetadata(tx, { projectId, ...action }, ids);
    case "label":
    case "clearLabel":
      return labelMany(tx, actor, await labelOf(tx, actor, action), ids);
    case "addToSubset":
      return addToSubset(tx, { projectId, ...action }, ids);
    case "removeFromSubset":
      return removeFromSubset(tx, { projectId, ...action }, ids);
  }
}

/** Takes back what {@link applyAction} did, where nobody changed it since. */
export async function revertAction(
  tx: Db,
  actor: ProjectActor,
  action: BulkAction,
  made: MadeChange,
): Promise<SetRevert> {
  const { projectId } = actor;
  switch (action.type) {
    case "delete":
      return takeBackExclusion(tx, projectId, made);
    case "restore":
      return takeBackInclusion(tx, projectId, made);
    case "setMetadata":
      return takeBackMetadata(tx, { projectId, ...action }, made);
    case "label":
    case "clearLabel":
      return takeBackLabels(tx, actor, { label: action.name, value: givenValue(action) }, made);
    case "addToSubset":
      return takeBackAddition(tx, { projectId, ...action }, made);
    case "removeFromSubset":
      return takeBackRemoval(tx, { projectId, ...action }, made);
  }
}

type LabelAction = Extract<BulkAction, { type: "label" | "clearLabel" }>;

const givenValue = (action: LabelAction): readonly string[] => (action.type === "label" ? action.value : []);

const labelOf = (db: Db, actor: ProjectActor, action: LabelAction) =>
  requireManyLabel(db, actor, { name: action.name, value: givenValue(action) }, "action");
