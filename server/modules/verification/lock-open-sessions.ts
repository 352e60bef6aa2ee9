import type { ProjectActor } from "@/server/modules/access";
import { type Db, sqlRows } from "@/server/platform/db";
import type { VerdictPlaceInSession, VerdictTarget } from "./find-verdict-targets";
import { lockRooms } from "./lock-rooms";
import { lockAndCountOthers, type OthersOnLabel, refusalByOverlap } from "./others-on-labels";

export type WhyLeftOut = "closed" | "held" | "enough_verdicts";

/** Which sessions are open, and why a verdict can't stand in one of them; true until the transaction ends. */
export type OpenSessions = {
  ids: ReadonlySet<string>;
  refusalOf(place: VerdictPlaceInSession, target: VerdictTarget): WhyLeftOut | null;
};

/** Locks the rooms that hold labels on which the actor gives a verdict, and reads what may stand against it there. */
export async function lockOpenSessions(
  tx: Db,
  actor: ProjectActor,
  targets: readonly VerdictTarget[],
): Promise<OpenSessions> {
  const ids = await openAmong(tx, actor, targets);
  const held = await readHeld(tx, actor, [...ids]);
  const others = await countOthers(tx, actor, [...ids].sort(), targets);
  return {
    ids,
    refusalOf({ sessionId, overlap }, { annotationId, recordId }) {
      if (!ids.has(sessionId)) return "closed";
      if (overlap !== null) return refusalByOverlap(overlap, others.get(sessionId)?.get(annotationId));
      return held.has(`${sessionId} ${recordId}`) ? "held" : null;
    },
  };
}

/** The sessions that hold these labels and are open under the locks of their rooms. */
async function openAmong(
  tx: Db,
  { projectId }: ProjectActor,
  targets: readonly VerdictTarget[],
): Promise<Set<string>> {
  const places = targets.flatMap((target) => target.places);
  if (places.length === 0) return new Set();
  await lockRooms(tx, [...new Set(places.map(({ room }) => room))]);
  const sessions = await tx.verificationSession.findMany({
    where: { projectId, id: { in: places.map(({ sessionId }) => sessionId) }, state: "open" },
    select: { id: true },
  });
  return new Set(sessions.map(({ id }) => id));
}

/** By session, how far others are with the labels of independent ones. */
async function countOthers(
  tx: Db,
  { projectId, userId }: ProjectActor,
  sessionIds: readonly string[],
  targets: readonly VerdictTarget[],
): Promise<Map<string, ReadonlyMap<string, OthersOnLabel>>> {
  const others = new Map<string, ReadonlyMap<string, OthersOnLabel>>();
  for (const sessionId of sessionIds) {
    const labels = targets.flatMap(({ annotationId, places }) =>
      places.some((place) => place.sessionId === sessionId && place.overlap !== null) ? [annotationId] : [],
    );
    if (labels.length > 0)
      others.set(sessionId, await lockAndCountOthers(tx, { projectId, sessionId, userId }, labels));
  }
  return others;
}

/** What other people hold in these sessions, as `session record`. */
async function readHeld(
  tx: Db,
  { projectId, userId }: ProjectActor,
  sessionIds: readonly string[],
): Promise<Set<string>> {
  if (sessionIds.length === 0) return new Set();
  const rows = await sqlRows<{ sessionId: string; recordId: string }>(
    tx,
    `select "sessionId", "recordId" from "SessionLease"
     where "projectId" = $1::uuid and "sessionId" = any($2::uuid[]) and "userId" <> $3::uuid and "expiresAt" > now()`,
    [projectId, sessionIds, userId],
  );
  return new Set(rows.map(({ sessionId, recordId }) => `${sessionId} ${recordId}`));
}
