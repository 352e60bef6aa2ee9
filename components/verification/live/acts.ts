import { createActClock } from "@/components/saving/act-clock";
import { type Change, createUndoStack, splitByHolder } from "@/components/saving/undo-stack";
import { decisionOf, saysThat, spanSaysThat } from "./decisions";
import type { Held } from "./live-room-types";
import { isSpanMark, type Mark, pageKey, placeOf, restorer } from "./marks";
import { markToRestore } from "./restore";
import type { Act, DecisionChange, LiveSession, SpanChange, UndoResult } from "./types";

type ActsInput = {
  me: string;
  holds(key: string): Held | null;
  /** Remembers in which room a key belongs. */
  place(key: string, room: string): void;
  write(changes: readonly Change<Mark>[]): void;
  mayWrite(): boolean;
};

/** What a person does in a session, each act with the way back. */
export type Acts = Pick<LiveSession, "act" | "decide" | "undo" | "redo"> & {
  canUndo(): boolean;
  canRedo(): boolean;
};

export function createActs({ me, holds, place, write, mayWrite }: ActsInput): Acts {
  const stack = createUndoStack<Mark>();
  const nextTime = createActClock();
  const stands = (key: string): Mark | null => holds(key)?.mark ?? null;

  function decisionChange(change: DecisionChange, at: string): Change<Mark>[] {
    const { annotationId: key, room } = change;
    if (room) place(key, room);
    const before = stands(key);
    const decided = before && !isSpanMark(before) ? before : null;
    if (saysThat(decided, change) && (change.status === null || decided?.by === me)) return [];
    return [{ key, before: decided, after: decisionOf(change, me, at) }];
  }

  function spanChange(change: SpanChange, at: string): Change<Mark> | null {
    const { key: bare = crypto.randomUUID(), recordId, label, value, start, end, room } = change;
    const key = pageKey("spans", bare);
    if (room) place(key, room);
    const before = stands(key);
    const mark = before && isSpanMark(before) ? before : null;
    if (spanSaysThat(mark, change) || (mark && mark.by !== me)) return null;
    return { key, before: mark, after: { recordId, label, value: [...value], start, end, by: me, at } };
  }

  function act({ decisions = [], spans = [] }: Act): ReturnType<LiveSession["act"]> {
    if (!mayWrite()) return { changed: 0, spanKeys: spans.map(() => null) };
    const at = nextTime();
    const marked = spans.map((change) => spanChange(change, at));
    const done = [
      ...decisions.flatMap((change) => decisionChange(change, at)),
      ...marked.flatMap((change) => change ?? []),
    ];
    if (done.length > 0) stack.push(done);
    write(done);
    return {
      changed: done.length,
      spanKeys: marked.map((change) => (change === null ? null : placeOf(change.key).key)),
    };
  }

  function flip(which: "undo" | "redo"): UndoResult {
    const flipped = mayWrite() ? stack[which]() : null;
    if (!flipped) return { kind: "nothing" };
    const { free, overtaken } = splitByHolder(flipped.changes, stands);
    const at = nextTime();
    const written = free.map((change) => ({
      key: change.key,
      before: change.after,
      after: markToRestore(change, me, at),
    }));
    write(written);
    flipped.done(written);
    const [first] = overtaken;
    if (!first) return { kind: "done", keys: free.map(({ key }) => placeOf(key).key) };
    const by = stands(first.key);
    return {
      kind: "overtaken",
      keys: overtaken.map(({ key }) => placeOf(key).key),
      by: restorer(by) ?? by?.by ?? me,
    };
  }

  return {
    act,
    decide: (decisions) => ({ changed: act({ decisions }).changed }),
    undo: () => flip("undo"),
    redo: () => flip("redo"),
    canUndo: stack.canUndo,
    canRedo: stack.canRedo,
  };
}
