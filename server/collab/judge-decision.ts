import { type Decision, decision, type Refusal } from "@/contracts/live";
import { can, type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import {
  BLIND_STATUS,
  judgeVerdict,
  type NewVerdict,
  type RoomItems,
  type RoomUnderLock,
  refusalByOverlap,
  sameOptions,
  sameValue,
  tellsOutcome,
} from "@/server/modules/verification";
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
export function judgeDecision({ key, value, author, room, now, state }: JudgeInput): Judgement {
  const { data: given } = decision.safeParse(value);
  if (!given || !isPlausible(given.at))
    return refused("invalid", "A decision is {status?, value, start?, end?, by, at, base?}.");
  const item = room.items.get(key);
  const committed = state.committed && withOutcome(state.committed, room, item);
  if (committed && (isSame(committed, given, item) || leavesAsItIs(committed, given)))
    return { kind: "known" };
  if (!mayVerify(author, now.people))
    return refused("forbidden", "You may look at this session, not decide in it.");
  if (now.state === "closed")
    return refused("closed", "This session is closed; nothing is decided in it any more.");
  if (!item) return refused("unknown_item", "This label is not in this part of the session.");
  const taken = takenBy(room, now, item, { author, given });
  if (taken) return refused(taken, TAKEN[taken]);
  // Who would take back their own word when another's stands already; the other's earlier one is not theirs to tell.
  if (isRestore(given) && given.restoredBy === author.userId && isBehind(given, committed))
    return refused("overtaken", OVERTAKEN);
  if (!isAuthor(given, author.userId, { ...state, committed }))
    return isTakenBack(given, author.userId, state)
      ? refused("overtaken", "What this would set again was taken back meanwhile.")
      : refused(
          "forged_author",
          "A decision carries its author's own id, unless it restores what it replaced.",
        );
  if (item.blind && tellsOutcome(given.status)) return refused("wrong_status", BLIND_STATUS);
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
    // The time that somebody worked is theirs to tell, once: not of what is set again.
    ...(given.by === author.userId ? { activeMs: given.ms } : { restoredById: author.userId }),
  };
  if (isBehind(given, committed))
    return {
      ...refused("overtaken", OVERTAKEN),
      verdict: { ...verdict, overtaken: true },
    };
  const { start: _, end: __, status: ___, ...said } = given;
  const accepted: Decision = {
    ...said,
    // Who reads the document may not have decided yet, and would know from it what the job gave.
    ...(item.blind && tellsOutcome(judged.status) ? {} : { status: judged.status }),
    value: judged.status === null ? [] : given.value,
    ...bordersOf(judged),
  };
  return { kind: "accepted", decision: accepted, verdict: saysTheSame(committed, verdict) ? null : verdict };
}

type Item = RoomItems["items"] extends ReadonlyMap<string, infer One> ? One : never;

/** A decision as it is judged: the document doesn't say of a blind label whether the job was right. */
function withOutcome(committed: Decision, room: RoomItems, item: Item | undefined): Decision {
  if (committed.status !== undefined || !item) return committed;
  const judged = judgeVerdict(room.definition, item, committed);
  return judged.ok ? { ...committed, status: judged.status } : committed;
}

const OVERTAKEN = "Somebody else decided this label meanwhile.";

const isBehind = ({ base }: Decision, committed: Decision | null): boolean =>
  base !== undefined && !isBase(base, committed);

const TAKEN = {
  held: "Somebody else has this record now; it is free again when they have decided.",
  enough_verdicts: "This label has all the verdicts that it gets in this session.",
} as const;

/** Why a label is not the author's to decide: others hold it, or have given all the verdicts that it gets. */
function takenBy(
  { overlap }: RoomItems,
  { held, others }: JudgeInput["now"],
  { annotationId, recordId }: Item,
  { author, given }: { author: ProjectActor; given: Decision },
): keyof typeof TAKEN | null {
  if (overlap !== null)
    return given.status === null ? null : refusalByOverlap(overlap, others?.get(annotationId));
  return held.some((lease) => lease.recordId === recordId && lease.userId !== author.userId) ? "held" : null;
}

export function mayVerify(author: ProjectActor, people: RoomUnderLock["people"]): boolean {
  const person = people.find(({ userId }) => userId === author.userId);
  if (!person) return false;
  const member = { ...author, role: person.role };
  return can(member, "verification:write") && (!seesOnlyOwn(member) || person.opened);
}

/** Another person's id is accepted only to set again what one's own standing decision replaced. */
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

/** Whether what an author saw is what stands. */
export const isBase = (base: Decision["base"], committed: Pick<Decision, "by" | "at"> | null): boolean =>
  base === null ? committed === null : base?.by === committed?.by && base?.at === committed?.at;

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
  { verifierId, status, value, start = null, end = null, reason }: NewVerdict,
): boolean {
  if (status === null && (committed === null || committed.status === null)) return true;
  return (
    committed?.by === verifierId &&
    committed.status === status &&
    committed.reason === reason &&
    (committed.start ?? null) === start &&
    (committed.end ?? null) === end &&
    sameOptions(committed.value, value)
  );
}

/** A clock may be wrong, but a time must be one that a database can hold. */
export function isPlausible(at: string): boolean {
  const year = new Date(at).getUTCFullYear();
  return year >= 1970 && year < 2200;
}

/** Other borders than the job's, as a document holds them. */
const bordersOf = ({ start, end }: { start: number | null; end: number | null }) =>
  start === null || end === null ? {} : { start, end };

const refused = (code: Refusal["code"], message: string) => ({ kind: "refused" as const, code, message });
