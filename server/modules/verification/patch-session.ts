import type { z } from "zod";
import type { patchSessionInput, Session } from "@/contracts/sessions";
import { type AccessChange, membershipTopic, type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction, sqlRows, sqlRun } from "@/server/platform/db";
import { publish } from "@/server/platform/events";
import { setSessionMembers } from "./session-members";
import { noSuchSession, readSession } from "./session-repository";
import { sessionTopic } from "./session-topic";

type Input = Omit<z.infer<typeof patchSessionInput>, "project">;

/**
 * Renames, closes or reopens a session, or opens it to other annotators. After closing nothing is decided in
 * it any more: a decision is either committed before, or refused.
 * @throws AppError `not_found`, `invalid` at `members.<n>`
 */
export async function patchSession(
  db: Db,
  actor: ProjectActor,
  { id, name, state, members }: Input,
): Promise<Session> {
  const { projectId } = actor;
  return inTransaction(db, async (tx) => {
    if (state !== undefined) await lockRooms(tx, projectId, id);
    const { count } = await tx.verificationSession.updateMany({
      where: { projectId, id },
      data: { name, state, closedAt: state && (state === "closed" ? new Date() : null) },
    });
    if (count === 0) throw noSuchSession();
    if (members) {
      const lost = await setSessionMembers(tx, { projectId, sessionId: id, userIds: members });
      for (const userId of lost)
        await publish(tx, membershipTopic(projectId), { userId } satisfies AccessChange);
    }
    await recordAudit(tx, {
      projectId,
      actorId: actor.userId,
      action: "session.changed",
      target: id,
      details: {
        ...(name === undefined ? {} : { name }),
        ...(state === undefined ? {} : { state }),
        ...(members === undefined ? {} : { members }),
      },
      address: actor.address,
    });
    await publish(tx, sessionTopic(id), {});
    return readSession(tx, actor, id);
  });
}

/**
 * Waits for the commits under way, in the order of every group of rooms. Those that follow, and those that were
 * decided before, find another version and so read the new state.
 */
async function lockRooms(tx: Db, projectId: string, sessionId: string): Promise<void> {
  await sqlRows(
    tx,
    `select "name" from "CollabRoom" where "projectId" = $1::uuid and "sessionId" = $2::uuid
     order by "name" for update`,
    [projectId, sessionId],
  );
  await sqlRun(
    tx,
    `update "CollabRoom" set "version" = "version" + 1 where "projectId" = $1::uuid and "sessionId" = $2::uuid`,
    [projectId, sessionId],
  );
}
