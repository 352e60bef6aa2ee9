import type { z } from "zod";
import type { patchSessionInput, Session } from "@/contracts/sessions";
import { type AccessChange, membershipTopic, type ProjectActor, recordAudit } from "@/server/modules/access";
import { announceEvent } from "@/server/modules/webhooks";
import { type Db, inTransaction } from "@/server/platform/db";
import { publish } from "@/server/platform/events";
import { lockRoomsOf } from "./lock-rooms";
import { keepReport } from "./report/keep-report";
import { setSessionMembers } from "./session-members";
import { noSuchSession, readSession } from "./session-repository";
import { sessionTopic } from "./session-topic";

type Input = Omit<z.infer<typeof patchSessionInput>, "project">;

/**
 * Renames, closes or reopens a session, or opens it to other annotators. After closing nothing is decided in
 * it any more: a decision is either committed before, or refused. What it came to is kept with each closing.
 * @throws AppError `not_found`, `invalid` at `members.<n>`
 */
export async function patchSession(
  db: Db,
  actor: ProjectActor,
  { id, name, state, members }: Input,
): Promise<Session> {
  const { projectId } = actor;
  return inTransaction(db, async (tx) => {
    if (state !== undefined) await lockRoomsOf(tx, projectId, id);
    const before = await tx.verificationSession.findUnique({
      where: { projectId_id: { projectId, id } },
      select: { state: true },
    });
    const { count } = await tx.verificationSession.updateMany({
      where: { projectId, id },
      data: { name, state, closedAt: state && (state === "closed" ? new Date() : null) },
    });
    if (count === 0) throw noSuchSession();
    if (state === "closed" && before?.state === "open") {
      await keepReport(tx, actor, id);
      await announceEvent(tx, projectId, { event: "session.closed", subject: { session: { id, state } } });
    }
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
