import type { Decision } from "@/contracts/live";
import type { VerdictStatus } from "@/contracts/verifications";
import type { ProjectActor } from "@/server/modules/access";
import { ensureAnnotator } from "@/server/modules/annotations";
import type { Db } from "@/server/platform/db";
import type { VerdictPlaceInSession, VerdictTarget } from "./find-verdict-targets";
import { sameValue } from "./judge-verdict";
import { type InboxRow, putIntoInbox } from "./live/inbox";
import { lockOpenSessions, type WhyLeftOut } from "./lock-open-sessions";
import { type NewVerdict, type VerdictPlace, writeVerdicts } from "./write-verdicts";

export type TargetVerdict = {
  target: VerdictTarget;
  status: VerdictStatus;
  value: string[];
  /** Other borders than the job's span has; null: its own. */
  start: number | null;
  end: number | null;
  /** Why they can't tell. */
  reason?: string | undefined;
  /** Active time in milliseconds. */
  ms?: number | undefined;
  /** Given to several labels at one stroke. */
  together?: boolean | undefined;
};

type RecordInput = {
  verdicts: readonly TargetVerdict[];
  /** ISO; when the person decided. */
  at: string;
  /** A verdict whose session was closed meanwhile is left out, not written outside. */
  mustBeInSession: boolean;
};

/** The row of a verdict (that which says the same already, too), or why there is none. */
export type RecordedVerdict = { id: string } | { id: null; refused: WhyLeftOut };

/**
 * Writes judged verdicts where they belong, and into the inbox of the live documents that hold their labels.
 * The rows of those rooms are locked first, so that verdicts by REST and by socket have one order.
 * A verdict on a record that somebody else holds in a session is left out, and in an independent session one too many.
 * The actor's own rooms there exist already.
 */
export async function recordVerdicts(
  tx: Db,
  actor: ProjectActor,
  { verdicts, at, mustBeInSession }: RecordInput,
): Promise<RecordedVerdict[]> {
  const open = await lockOpenSessions(
    tx,
    actor,
    verdicts.map(({ target }) => target),
  );
  // After the rooms, as in a live commit: the other way round, a person's first two verdicts could wait for each other.
  await ensureAnnotator(tx, {
    projectId: actor.projectId,
    id: actor.userId,
    kind: "user",
    name: actor.userName,
  });
  const ids: (string | null)[] = verdicts.map(() => null);
  const outside = verdicts.flatMap((verdict, index) =>
    !mustBeInSession && !verdict.target.places.some(({ sessionId }) => open.ids.has(sessionId))
      ? [{ ...verdict, index }]
      : [],
  );
  await writeNew(tx, actor, { sessionId: null, shared: false, verdicts: outside, at, ids });
  // The newest session comes last, so its row is the one that is told.
  for (const sessionId of [...open.ids].sort()) {
    const inside = verdicts.flatMap((verdict, index) => {
      const place = verdict.target.places.find((one) => one.sessionId === sessionId);
      return place && open.refusalOf(place, verdict.target) === null ? [{ ...verdict, index, place }] : [];
    });
    const shared = inside.every(({ place }) => place.overlap === null);
    await writeNew(tx, actor, { sessionId, shared, verdicts: inside, at, ids });
  }
  return ids.map((id, index) => {
    if (id !== null) return { id };
    const target = verdicts[index]?.target;
    const why = target?.places.map((place) => open.refusalOf(place, target)).find((one) => one !== null);
    return { id, refused: why ?? "closed" };
  });
}

type Placed = TargetVerdict & { index: number; place?: VerdictPlaceInSession };
type WriteInput = VerdictPlace & {
  verdicts: readonly Placed[];
  at: string;
  ids: (string | null)[];
};

async function writeNew(
  tx: Db,
  { projectId, userId }: ProjectActor,
  { sessionId, shared, verdicts, at, ids }: WriteInput,
): Promise<void> {
  if (verdicts.length === 0) return;
  const annotationIds = verdicts.map(({ target }) => target.annotationId);
  const current = await readCurrent(tx, { projectId, sessionId, shared, userId, annotationIds });
  const fresh = verdicts.filter(
    ({ target, status, value, start, end, reason = null, together = false, index }) => {
      const stands = current.get(target.annotationId);
      const same =
        stands?.verifierId === userId &&
        stands.status === status &&
        stands.reason === reason &&
        stands.start === start &&
        stands.end === end &&
        // Looking at it says more than having decided it together with others.
        (together || !stands.together) &&
        sameValue(stands.value, value);
      if (same) ids[index] = stands.id;
      else
        current.set(target.annotationId, {
          id: null,
          verifierId: userId,
          status,
          value,
          start,
          end,
          reason,
          together,
        });
      return !same;
    },
  );
  const rows = fresh.map(
    ({ target, status, value, start, end, reason, ms, together }): NewVerdict => ({
      annotationId: target.annotationId,
      recordId: target.recordId,
      jobId: target.jobId,
      label: target.label,
      verifierId: userId,
      status,
      value,
      start,
      end,
      decidedAt: at,
      reason,
      activeMs: ms,
      together,
    }),
  );
  const written = await writeVerdicts(tx, { projectId, sessionId, shared, verdicts: rows });
  fresh.forEach(({ index }, place) => {
    ids[index] = written[place] ?? null;
  });
  // The same verdict twice in one request is one row, whose id was not known before.
  for (const { target, index } of verdicts)
    ids[index] ??=
      ids[fresh.findLast((one) => one.target.annotationId === target.annotationId)?.index ?? -1] ?? null;
  if (sessionId !== null) await putIntoInbox(tx, inboxOf({ sessionId, userId, at, verdicts: fresh }));
}

type Inbox = { sessionId: string; userId: string; at: string; verdicts: readonly Placed[] };

const inboxOf = ({ sessionId, userId, at, verdicts }: Inbox): InboxRow[] =>
  verdicts.flatMap(({ target, status, value, start, end, reason, together, place }): InboxRow[] => {
    if (!place) return [];
    const decision: Decision = {
      // Of a blind label no document says whether a verdict confirms it: others who read it have not decided.
      ...(place.blind && status !== "UNSURE" ? {} : { status }),
      value,
      ...(start === null || end === null ? {} : { start, end }),
      by: userId,
      at,
      ...(reason === undefined ? {} : { reason }),
      ...(together ? { together } : {}),
    };
    return [{ room: place.room, sessionId, map: "decisions", key: target.annotationId, value: decision }];
  });

type Current = {
  id: string | null;
  verifierId: string;
  status: VerdictStatus | null;
  value: string[];
  start: number | null;
  end: number | null;
  reason: string | null;
  together: boolean;
};
type Which = VerdictPlace & { projectId: string; userId: string; annotationIds: string[] };

async function readCurrent(
  tx: Db,
  { projectId, sessionId, shared, userId, annotationIds }: Which,
): Promise<Map<string, Current>> {
  const rows = await tx.verification.findMany({
    where: {
      projectId,
      annotationId: { in: annotationIds },
      current: true,
      sessionId,
      ...(shared ? {} : { verifierId: userId }),
    },
    select: {
      annotationId: true,
      id: true,
      verifierId: true,
      status: true,
      value: true,
      start: true,
      end: true,
      reason: true,
      together: true,
    },
  });
  return new Map(rows.map(({ annotationId, ...row }) => [annotationId, row]));
}
