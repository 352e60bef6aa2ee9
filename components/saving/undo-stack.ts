/** Known by its time, and by its author where there are several. */
type Stamped = { by?: string; at: string };

/** One key that one act changed. */
export type Change<D extends Stamped> = { key: string; before: D | null; after: D };

/** What can be taken back: acts of one person, each of one or many keys. */
type UndoStack<D extends Stamped> = {
  push(act: readonly Change<D>[]): void;
  canUndo(): boolean;
  canRedo(): boolean;
  undo(): Flip<D> | null;
  redo(): Flip<D> | null;
};
/** An act to take back, or to do again. */
type Flip<D extends Stamped> = {
  changes: readonly Change<D>[];
  /** Takes what was in fact written for it, so that it can be turned round again. */
  done(written: readonly Change<D>[]): void;
};

const DEPTH = 200;

/**
 * Yjs's own undo takes back one's previous decision when somebody has overwritten the newest; so this one remembers
 * what each act found and left, and the caller writes only where the key still holds what the act left.
 */
export function createUndoStack<D extends Stamped>(): UndoStack<D> {
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

/** Whether two values are one and the same word of a person, whoever has set it again meanwhile. */
const isSameWord = (a: Stamped | null | undefined, b: Stamped | null | undefined): boolean =>
  a?.by === b?.by && a?.at === b?.at;
