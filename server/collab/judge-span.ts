import { equalityDeep } from "lib0/function";
import {
  MAX_SPANS_OF_PERSON,
  MAX_SPANS_OF_RECORD,
  MAX_SPANS_OF_ROOM,
  type Refusal,
  type SpanMark,
  spanMark,
} from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import type { OwnSpan } from "@/server/modules/annotations";
import {
  borderProblem,
  optionProblem,
  type RoomItems,
  type RoomUnderLock,
  refusalMessages,
  sameOptions,
} from "@/server/modules/verification";
import { barredFrom } from "./may-verify";
import { isOvertaken, isPlausible } from "./merge-rules";
import type { SpanPlaces } from "./span-places";
import { isUuid } from "./span-question";

export type SpanJudgement =
  | { kind: "accepted"; mark: SpanMark; row: OwnSpan | null }
  /** Stands already: it was sent again. */
  | { kind: "known" }
  | { kind: "refused"; code: Refusal["code"]; message: string };

type JudgeInput = {
  key: string;
  value: unknown;
  author: ProjectActor;
  room: RoomItems;
  now: Pick<RoomUnderLock, "state" | "people" | "held">;
  committed: SpanMark | null;
  places: SpanPlaces;
};

/** Whether a span that a person marks, changes or takes away can stand, and the row that it makes. */
export function judgeSpan(input: JudgeInput): SpanJudgement {
  const { key, value, committed, author, room, now } = input;
  const { data: given } = spanMark.safeParse(value);
  if (!given || !isUuid(key) || !isPlausible(given.at))
    return refused(
      "invalid",
      "A span is {recordId, label, value, start, end, by, at, base?}, under a new UUID.",
    );
  if (committed && equalityDeep(withoutBase(committed), withoutBase(given))) return { kind: "known" };
  const barred = barredFrom(author, now);
  if (barred) return refused(barred, refusalMessages[barred]);
  const { recordId } = given;
  const length = room.records.get(recordId);
  if (length === undefined) return refused("unknown_item", "This record is not in this part of the session.");
  if (now.held.some((lease) => lease.recordId === recordId && lease.userId !== author.userId))
    return refused("held", refusalMessages.held);
  if (given.by !== author.userId) return refused("forged_author", "A span carries its author's own id.");
  if (committed && committed.by !== author.userId)
    return refused("forbidden", "Only the person who marked a span can change it.");
  if (isOvertaken(given.base, committed))
    return refused("overtaken", "You changed this span elsewhere meanwhile.");
  return judgeContent(given, length, input) ?? placed(given, input);
}

function judgeContent(
  given: SpanMark,
  length: number,
  { committed, room }: JudgeInput,
): SpanJudgement | null {
  const { definition } = room;
  const { label, value } = given;
  if (definition.level !== "span" || label !== definition.name)
    return refused(
      "invalid",
      definition.level === "span"
        ? `Spans of this session are of the label "${definition.name}".`
        : "This session is about whole records; spans can't be marked in it.",
    );
  if (committed && committed.recordId !== given.recordId)
    return refused("invalid", "A span can't move to another record; mark a new one there, under a new key.");
  const problem =
    borderProblem(given, length) ?? (value.length === 0 ? null : optionProblem(definition, value));
  return problem ? refused("invalid_value", problem) : null;
}

/** What the span meets: another label of this id, another span of its author's there, or the end of what is allowed. */
function placed(given: SpanMark, { key, author, committed, places, room }: JudgeInput): SpanJudgement {
  const { recordId, label, value, start, end } = given;
  const holder = places.holder(key);
  const isOwn =
    !holder ||
    (holder.annotatorId === author.userId && holder.recordId === recordId && holder.label === label);
  if (!isOwn || room.items.has(key))
    return refused("invalid", "This key already belongs to another label; use a new UUID.");
  if (value.length > 0 && (places.at(given) ?? key) !== key)
    return refused("duplicate", "You have marked exactly these words already; change that span instead.");
  if (!committed) {
    const { ofRecord, ofPerson, ofRoom } = places.count(given);
    if (ofRecord >= MAX_SPANS_OF_RECORD)
      return refused("too_many", `One person can mark at most ${MAX_SPANS_OF_RECORD} spans in one record.`);
    if (ofPerson >= MAX_SPANS_OF_PERSON || ofRoom >= MAX_SPANS_OF_ROOM)
      return refused("too_many", "This part of the session can hold no more spans.");
  }
  places.note(key, given, committed === null);
  const row = { id: key, recordId, annotatorId: author.userId, label, value, start, end };
  return { kind: "accepted", mark: given, row: saysTheSame(committed, given) ? null : row };
}

/** Taking away what is not there, or is as it was, makes no row. */
function saysTheSame(committed: SpanMark | null, given: SpanMark): boolean {
  if (given.value.length === 0) return (committed?.value.length ?? 0) === 0;
  return (
    committed !== null &&
    committed.start === given.start &&
    committed.end === given.end &&
    sameOptions(committed.value, given.value)
  );
}

const withoutBase = ({ base: _, ...said }: SpanMark) => said;

const refused = (code: Refusal["code"], message: string) => ({ kind: "refused" as const, code, message });
