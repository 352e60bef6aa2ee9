import type { z } from "zod";
import type { Flag, patchFlagInput } from "@/contracts/discussions";
import { can, type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { announceDiscussion } from "../discussion-topic";
import { addToInbox } from "../inbox/add-to-inbox";
import { noSuchFlag, readFlag } from "./flag-rows";

type PatchFlagInput = Omit<z.infer<typeof patchFlagInput>, "project">;
type Locked = { recordId: string; authorId: string; state: Flag["state"] };

/**
 * Withdraws one's own flag, or settles it with a note, or opens it again. The author of a flag hears that it was
 * resolved; the log knows of what was settled by others. Asking for the state it has changes nothing.
 * @throws AppError `not_found`, `forbidden`, `conflict` when it is settled in another way, or when its author has
 * flagged the record anew
 */
export async function patchFlag(db: Db, actor: ProjectActor, input: PatchFlagInput): Promise<Flag> {
  const { projectId, userId, address } = actor;
  const { id, state } = input;
  return inTransaction(db, async (tx) => {
    const before = await lockFlag(tx, actor, id);
    requireRight(actor, before, state);
    if (before.state === state) return readFlag(tx, actor, id);
    requireStep(before.state, state);
    if (state === "open") await refuseSecond(tx, projectId, before);
    await settle(tx, actor, input);
    const isOwn = before.authorId === userId;
    if (!isOwn) {
      const action = state === "open" ? "flag.reopened" : "flag.resolved";
      await recordAudit(tx, { projectId, actorId: userId, action, target: id, address });
    }
    if (state === "resolved" && !isOwn)
      await addToInbox(tx, {
        projectId,
        kind: "flagResolved",
        recordId: before.recordId,
        flagId: id,
        byId: userId,
        userIds: [before.authorId],
      });
    await announceDiscussion(tx, projectId);
    return readFlag(tx, actor, id);
  });
}

/** Locks the flag until the transaction ends, when the actor may read it. @throws AppError `not_found` */
async function lockFlag(tx: Db, actor: ProjectActor, id: string): Promise<Locked> {
  await readFlag(tx, actor, id);
  const [flag] = await queryRows<Locked>(
    tx,
    sql`select "recordId", "authorId", "state"::text as "state" from "RecordFlag"
      where "projectId" = ${actor.projectId}::uuid and "id" = ${id}::uuid for update`,
  );
  if (!flag) throw noSuchFlag();
  return flag;
}

function requireRight(actor: ProjectActor, { authorId }: Locked, wanted: Flag["state"]): void {
  if (wanted === "withdrawn" && authorId !== actor.userId)
    throw new AppError("forbidden", "Only its author can withdraw a flag. You may resolve it instead.");
  if (wanted !== "withdrawn" && !can(actor, "discussions:resolve"))
    throw new AppError("forbidden", "Only reviewers and administrators can resolve a flag or open it again.");
}

/** What was resolved is not withdrawn, and the other way round. */
function requireStep(now: Flag["state"], wanted: Flag["state"]): void {
  if (now === "open" || wanted === "open") return;
  throw new AppError("conflict", `This flag is ${now} already. Open it again first.`);
}

async function refuseSecond(tx: Db, projectId: string, { recordId, authorId }: Locked): Promise<void> {
  const open = await tx.recordFlag.count({ where: { projectId, recordId, authorId, state: "open" } });
  if (open > 0) throw new AppError("conflict", "Its author has flagged the record again; look at that flag.");
}

async function settle(
  tx: Db,
  { projectId, userId }: ProjectActor,
  { id, state, note }: PatchFlagInput,
): Promise<void> {
  const settled = state !== "open";
  await execute(
    tx,
    sql`update "RecordFlag" set "state" = ${state}::"FlagState", "changedAt" = now(),
        "settledAt" = case when ${settled}::boolean then now() end,
        "settledById" = case when ${settled}::boolean then ${userId}::uuid end,
        "resolution" = ${settled ? note || null : null}::text
      where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid`,
  );
}
