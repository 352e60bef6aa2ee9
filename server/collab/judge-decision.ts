import { type Decision, decision, type Refusal } from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import {
  BLIND_STATUS,
  type JudgedVerdict,
  judgeVerdict,
  type NewVerdict,
  type RoomItems,
  type RoomUnderLock,
  refusalByOverlap,
  refusalMessages,
  sameOptions,
  sameValue,
  tellsOutcome,
} from "@/server/modules/verification";
import { barredFrom } from "./may-verify";
import { isOvertaken, isPlausible } from "./merge-rules";
import { isRestore, isWordOf, type KeyState } from "./standing";

export type Judgement =
  | { kind: "accepted"; decision: Decision; verdict: NewVerdict | null }
  /** Stands already: it was sent again. */
  | { kind: "known" }
  | { kind: "refused"; code: Refusal["code"]; message: string; verdict?: NewVerdict };

type JudgeInput = {
  key: string;
  value: unknown;
  author: ProjectActor;
  room: RoomItems;
  now: Pick<RoomUnderLock, "state" | "people" | "held" | "others">;
  state: KeyState;
};

/** Whether one person's decision about one label can stand, and the row of history that it makes. Pure. */
export function judgeDecision(input: JudgeInput): Judgement {
  const { key, value, author, room, now, state } = input;
  const { data: given } = decision.safeParse(value);
  if (!given || !isPlausible(given.at))
    return refused("invalid", "A decision is {status?, value, start?, end?, by, at, base?}.");
  const item = room.items.get(key);
  // Before anything else: whether a status is that of what stands already would tell it too.
  if (item?.blind && tellsOutcome(given.status)) return refused("wrong_status", BLIND_STATUS);
  const committed = state.committed && withOutcome(state.committed, room, item);
  if (committed && (isSame(committed, given, item) || leavesAsItIs(committed, given)))
    return { kind: "known" };
  const barred = barredFrom(author, now);
  if (barred) return refused(barred, refusalMessages[barred]);
  if (!item) return refused("unknown_item", "This label is not in this part of the session.");
  const taken = takenBy(room, now, item, { author, given });
  if (taken) return refused(taken, refusalMessages[taken]);
  return (
    judgeAuthor(given, author.userId, { ...state, committed }) ??
    judgeContent(given, { ...input, item, committed })
  );
}

/** Another person's word is accepted only to set again what one's own standing decision replaced. */
function judgeAuthor(given: Decision, me: string, state: KeyState): Judgement | null {
  // An undo that comes too late leaves no row in the history: it would be one under the other person's name.
  if (isRestore(given) && given.restoredBy === me && isOvertaken(given.base, state.committed))
    return refused("overtaken", OVERTAKEN);
  if (isAuthor(given, me, state)) return null;
  return isTakenBack(given, me, state)
    ? refused("overtaken", "What this would bring back was taken back meanwhile.")
    : refused(
        "forged_author",
        "A decision carries its author's own id, unless it restores what it replaced.",
      );
}

type ContentInput = Pick<JudgeInput, "key" | "author" | "room"> & { item: Item; committed: Decision | null };

function judgeContent(given: Decision, { key, author, room, item, committed }: ContentInput): Judgement {
  const judged = judgeVerdict(room.definition, item, given);
  if (!judged.ok) return refused(judged.code, judged.message);
  const verdict: NewVerdict = {
    annotationId: key,
    recordId: item.recordId,
    jobId: item.jobId,
    label: room.definition.name,
    verifierId: given.by,
    status: judged.status,
    value: judged.value,
    start: judged.start,
    end: judged.end,
    decidedAt: new Date(given.at).toISOString(),
    reason: given.reason,
    together: given.together,
    blind: item.blind,
    // The time that somebody worked is theirs to tell, once: not of what is set again.
    ...(given.by === author.userId ? { activeMs: given.ms } : { restoredById: author.userId }),
  };
  if (isOvertaken(given.base, committed))
    return {
      ...refused("overtaken", OVERTAKEN),
      verdict: { ...verdict, overtaken: true },
    };
  const isSaid = saysTheSame(committed, verdict);
  return {
    kind: "accepted",
    decision: asStored(isSaid && !committed?.together ? lookedAt(given) : given, judged, item),
    verdict: isSaid ? null : verdict,
  };
}

type Item = RoomItems["items"] extends ReadonlyMap<string, infer One> ? One : never;

/** A decision as it is judged: the document doesn't say of a blind label whether the job was right. */
function withOutcome(committed: Decision, room: RoomItems, item: Item | undefined): Decision {
  if (committed.status !== undefined || !item) return committed;
  const judged = judgeVerdict(room.definition, item, committed);
  return judged.ok ? { ...committed, status: judged.status } : committed;
}

const OVERTAKEN = "Somebody else decided this label meanwhile.";

/** Why a label is not the author's to decide: others hold it, or have given all the verdicts that it gets. */
function takenBy(
  { overlap }: RoomItems,
  { held, others }: JudgeInput["now"],
  { annotationId, recordId }: Item,
  { author, given }: { author: ProjectActor; given: Decision },
): "held" | "enough_verdicts" | null {
  if (overlap !== null)
    return given.status === null ? null : refusalByOverlap(overlap, others?.get(annotationId));
  return held.some((lease) => lease.recordId === recordId && lease.userId !== author.userId) ? "held" : null;
}

function isAuthor(given: Decision, me: string, { committed, below }: KeyState): boolean {
  if (!isRestore(given)) return given.by === me;
  const replaced = below.at(-1);
  return (
    given.restoredBy === me && committed?.by === me && replaced !== undefined && isWordOf(replaced, given)
  );
}

/** An honest undo, to what its author had seen: the other person has taken it back since. */
const isTakenBack = (given: Decision, me: string, { committed, said }: KeyState): boolean =>
  given.restoredBy === me && committed?.by === me && said.some((word) => isWordOf(word, given));

const isSame = (a: Decision, b: Decision, own?: { start: number; end: number }): boolean =>
  a.by === b.by &&
  a.at === b.at &&
  a.restoredBy === b.restoredBy &&
  (b.status === undefined || a.status === b.status) &&
  (a.start ?? own?.start) === (b.start ?? own?.start) &&
  (a.end ?? own?.end) === (b.end ?? own?.end) &&
  sameValue(a.value, b.value);

/** Who decides and takes it back before anything was sent would set again what never ceased to stand. */
const leavesAsItIs = (committed: Decision, given: Decision): boolean =>
  isRestore(given) &&
  isWordOf(committed, { ...given, status: committed.status }) &&
  committed.at === given.at;

/** The same verdict again by the same person makes no second row; taking back nothing makes none. */
function saysTheSame(
  committed: Decision | null,
  { verifierId, status, value, start = null, end = null, reason, together }: NewVerdict,
): boolean {
  if (status === null && (committed === null || committed.status === null)) return true;
  return (
    committed?.by === verifierId &&
    committed.status === status &&
    committed.reason === reason &&
    // Looking at it says more than having decided it together with others.
    (together === true || committed.together === undefined) &&
    (committed.start ?? null) === start &&
    (committed.end ?? null) === end &&
    sameOptions(committed.value, value)
  );
}

/** A decision as the document holds it: borders only where they differ from the job's. */
function asStored(given: Decision, judged: JudgedVerdict & { ok: true }, { blind }: Item): Decision {
  const { start: _, end: __, status: ___, ...rest } = given;
  const { start, end, status } = judged;
  return {
    ...rest,
    // Whoever reads the document may not have decided yet, and would know from the status what the job gave.
    ...(blind && tellsOutcome(status) ? {} : { status }),
    value: status === null ? [] : given.value,
    ...(start === null || end === null ? {} : { start, end }),
  };
}

/** Who looked at it before has looked at it, whatever they say of it together with others. */
const lookedAt = ({ together: _, ...rest }: Decision): Decision => rest;

const refused = (code: Refusal["code"], message: string) => ({ kind: "refused" as const, code, message });
