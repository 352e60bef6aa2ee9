import { type Decision, decision, type Refusal } from "@/contracts/live";
import { can, type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import {
  judgeVerdict,
  type NewVerdict,
  type ReplacedVerdict,
  type RoomItems,
  type RoomUnderLock,
  sameOptions,
  sameValue,
} from "@/server/modules/verification";

/** What is known of a key when a decision about it is judged. */
export type KeyState = {
  /** What stands. */
  committed: Decision | null;
  /** What that replaced. */
  replaced: Pick<Decision, "by" | "status" | "value" | "start" | "end" | "reason" | "at"> | null;
};

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
  now: Pick<RoomUnderLock, "state" | "people" | "held">;
  state: KeyState;
};

/** Whether one person's decision about one label can stand, and the row of history that it makes. Pure. */
export function judgeDecision({ key, value, author, room, now, state }: JudgeInput): Judgement {
  const { data: given } = decision.safeParse(value);
  if (!given || !isPlausible(given.at))
    return refused("invalid", "A decision is {status?, value, start?, end?, by, at, base?}.");
  const { committed } = state;
  const item = room.items.get(key);
  if (committed && isSame(committed, given, item)) return { kind: "known" };
  if (!mayVerify(author, now.people))
    return refused("forbidden", "You may look at this session, not decide in it.");
  if (now.state === "closed")
    return refused("closed", "This session is closed; nothing is decided in it any more.");
  if (!item) return refused("unknown_item", "This label is not in this part of the session.");
  if (now.held.some(({ recordId, userId }) => recordId === item.recordId && userId !== author.userId))
    return refused("held", "Somebody else has this record now; it is free again when they have decided.");
  if (!isAuthor(given, author.userId, state))
    return refused(
      "forged_author",
      "A decision carries its author's own id, unless it restores what it replaced.",
    );
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
  if (given.base !== undefined && !isBase(given.base, committed))
    return {
      ...refused("overtaken", "Somebody else decided this label meanwhile."),
      verdict: { ...verdict, overtaken: true },
    };
  const { start: _, end: __, ...said } = given;
  const accepted: Decision = {
    ...said,
    status: judged.status,
    value: judged.status === null ? [] : given.value,
    ...bordersOf(judged),
  };
  return { kind: "accepted", decision: accepted, verdict: saysTheSame(committed, verdict) ? null : verdict };
}

function mayVerify(author: ProjectActor, people: RoomUnderLock["people"]): boolean {
  const person = people.find(({ userId }) => userId === author.userId);
  if (!person) return false;
  const member = { ...author, role: person.role };
  return can(member, "verification:write") && (!seesOnlyOwn(member) || person.opened);
}

/** Another person's id is accepted only to set again what one's own standing decision replaced. */
function isAuthor(
  { by, restoredBy, status, value, start, end, reason, at }: Decision,
  me: string,
  state: KeyState,
): boolean {
  if (by === me) return restoredBy === undefined || restoredBy === me;
  const { committed, replaced } = state;
  return (
    restoredBy === me &&
    committed?.by === me &&
    replaced?.by === by &&
    replaced.status === status &&
    replaced.reason === reason &&
    replaced.start === start &&
    replaced.end === end &&
    new Date(replaced.at).getTime() === new Date(at).getTime() &&
    sameOptions(replaced.value, value)
  );
}

const isBase = (base: Decision["base"], committed: Decision | null): boolean =>
  base === null ? committed === null : base?.by === committed?.by && base?.at === committed?.at;

const isSame = (a: Decision, b: Decision, own?: { start: number; end: number }): boolean =>
  a.by === b.by &&
  a.at === b.at &&
  a.restoredBy === b.restoredBy &&
  (b.status === undefined || a.status === b.status) &&
  (a.start ?? own?.start) === (b.start ?? own?.start) &&
  (a.end ?? own?.end) === (b.end ?? own?.end) &&
  sameValue(a.value, b.value);

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
function isPlausible(at: string): boolean {
  const year = new Date(at).getUTCFullYear();
  return year >= 1970 && year < 2200;
}

/** Other borders than the job's, as a document holds them. */
const bordersOf = ({ start, end }: { start: number | null; end: number | null }) =>
  start === null || end === null ? {} : { start, end };

const refused = (code: Refusal["code"], message: string) => ({ kind: "refused" as const, code, message });

/** A row of the history as the document would hold it. */
export const replacedDecision = ({
  verifierId,
  status,
  value,
  start,
  end,
  reason,
  decidedAt,
}: ReplacedVerdict): KeyState["replaced"] => ({
  by: verifierId,
  status,
  value,
  ...bordersOf({ start, end }),
  ...(reason === null ? {} : { reason }),
  at: decidedAt.toISOString(),
});
