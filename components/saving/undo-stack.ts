import { isSameWord, isSpanMark, type Mark, type Stamped } from "@/components/verification/live/marks";
import type { Decision } from "@/contracts/live";

/** One key that one act changed. */
export type Change<D extends Stamped = Mark> = { key: string; before: D | null; after: D };

/** What can be taken back: acts of one person, each of one or many keys. */
export type UndoStack<D extends Stamped = Mark> = {
  push(act: readonly Change<D>[]): void;
  canUndo(): boolean;
  canRedo(): boolean;
  undo(): Flip<D> | null;
  redo(): Flip<D> | null;
};
/**
 * An act to take back (or to do again): `write` says for each key what shall stand again, `done` takes what was
 * written in fact, so that it can be flipped back.
 */
type Flip<D extends Stamped> = {
  changes: readonly Change<D>[];
  done(written: readonly Change<D>[]): void;
};

const DEPTH = 200;

/**
 * Yjs's own undo takes back one's previous decision when somebody has overwritten the newest; so this one remembers
 * what each act found and left, and the caller writes only where the key still holds what the act left.
 */
export function createUndoStack<D extends Stamped = Mark>(): UndoStack<D> {
  type Act = readonly Change<D>[];
  const past: Act[] = [];
  const future: Act[] = [];
  /** What was written to make a decision stand again takes its place in every act that left it. */
  const relabel = (key: string, old: D | null, now: D) => {
    for (const stack of [past, future])
      stack.forEach((act, index) => {
        stack[index] = act.map((change) =>
          change.key === key && isSameWord(change.after, old) ? { ...change, after: now } : change,
        );
      });
  };
  const flip = (from: Act[], to: Act[]): Flip<D> | null => {
    const changes = from.pop();
    return changes
      ? {
          changes,
          done(written) {
            for (const { key, after } of written)
              relabel(key, changes.find((change) => change.key === key)?.before ?? null, after);
            if (written.length > 0) to.push(written);
          },
        }
      : null;
  };
  return {
    push(act) {
      past.push(act);
      if (past.length > DEPTH) past.shift();
      future.length = 0;
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    undo: () => flip(past, future),
    redo: () => flip(future, past),
  };
}

/** The keys of an act that still hold what it left, and those that somebody has changed since. */
export function splitByHolder<D extends Stamped>(
  changes: readonly Change<D>[],
  holds: (key: string) => D | null,
): { free: Change<D>[]; overtaken: Change<D>[] } {
  const free = changes.filter(({ key, after }) => isSameWord(holds(key), after));
  return { free, overtaken: changes.filter((change) => !free.includes(change)) };
}

/**
 * The decision that makes `before` stand again: another person's is restored under their name, one's own is
 * decided anew, nothing is a verdict taken back.
 */
export function decisionToRestore(before: Decision | null, me: string, at: string): Decision {
  if (!before || before.status === null) return { status: null, value: [], by: me, at };
  // The time that was worked on it is told once.
  const { base: _, restoredBy: __, ms: ___, ...said } = before;
  return before.by === me ? { ...said, at } : { ...said, restoredBy: me };
}

/**
 * What undoes one change: of a span, which is always one's own, what it was before, or one that was taken away.
 * @param at when it is undone
 */
export function markToRestore(
  { before, after }: Pick<Change, "before" | "after">,
  me: string,
  at: string,
): Mark {
  if (!isSpanMark(after)) return decisionToRestore(before && !isSpanMark(before) ? before : null, me, at);
  const { base: _, ...said } = before && isSpanMark(before) ? before : { ...after, value: [] };
  return { ...said, at };
}
