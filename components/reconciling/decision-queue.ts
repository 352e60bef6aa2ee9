import type { ReconcileAnswer } from "@/contracts/reconciliations";
import { placeKey } from "./vote-tally";

/** One final value, as a person chose it in sight of what stood and of the votes. */
export type Press = {
  recordId: string;
  start?: number | undefined;
  end?: number | undefined;
  /** null takes the decision back. */
  value: string[] | null;
  note: string | null;
  /** The decision that stood on the screen. */
  base: string | null;
  votesVersion: string;
};

export type QueueState = {
  /** What was pressed and has no answer yet, by place. */
  pending: ReadonlyMap<string, Press>;
  /** Where somebody else was first: what I had chosen, by place. */
  overtaken: ReadonlyMap<string, string[] | null>;
  /** The server can't be reached; what waits is sent when it can. */
  offline: boolean;
  savedAt: Date | null;
  canUndo: boolean;
  canRedo: boolean;
};

type QueuePorts = {
  send: (presses: readonly Press[]) => Promise<ReconcileAnswer[]>;
  undo: (ids: readonly string[]) => Promise<ReconcileAnswer[]>;
  onAnswers: (answers: readonly ReconcileAnswer[]) => void;
  /** What was not written and never will be, with the reason. */
  onRefused: (why: string) => void;
  /** How many of an undo stay, since somebody else has decided after. */
  onUndone: (undone: number, kept: number) => void;
  isUnreachable: (error: unknown) => boolean;
  wordsOf: (error: unknown) => string;
  /** Resolves when it is worth trying again. */
  pause: () => Promise<void>;
};

/**
 * Sends decisions one call after another, so that what one person presses quickly is never taken for two people's: a
 * second press on a place builds on what became of the first. What can't be sent waits and is tried again. One undo
 * takes back what one call decided.
 */
export function createDecisionQueue(ports: QueuePorts) {
  let state: QueueState = {
    pending: new Map(),
    overtaken: new Map(),
    offline: false,
    savedAt: null,
    canUndo: false,
    canRedo: false,
  };
  const listeners = new Set<() => void>();
  /** Of each place, the decision of mine that stands, while the screen may not know it. */
  const own = new Map<string, string | null>();
  const done: string[][] = [];
  const undone: string[][] = [];
  let last: Promise<void> = Promise.resolve();

  function set(part: Partial<QueueState>): void {
    state = { ...state, ...part, canUndo: done.length > 0, canRedo: undone.length > 0 };
    for (const listener of listeners) listener();
  }

  async function untilReached<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const result = await call();
        if (state.offline) set({ offline: false });
        return result;
      } catch (error) {
        if (!ports.isUnreachable(error)) throw error;
        set({ offline: true });
        await ports.pause();
      }
    }
  }

  function enqueue(work: () => Promise<void>): Promise<void> {
    last = last.then(work).catch((error: unknown) => ports.onRefused(ports.wordsOf(error)));
    return last;
  }

  const idsOf = (answers: readonly ReconcileAnswer[]) =>
    answers.flatMap((answer) => ("reconciliation" in answer ? [answer.reconciliation.id] : []));

  function take(answers: readonly ReconcileAnswer[]): void {
    for (const answer of answers)
      if ("reconciliation" in answer) {
        const { value, id } = answer.reconciliation;
        own.set(placeKey(answer), value === null ? null : id);
      }
    ports.onAnswers(answers);
  }

  function settle(presses: readonly Press[], overtaken = new Map(state.overtaken)): void {
    const pending = new Map(state.pending);
    for (const press of presses)
      if (pending.get(placeKey(press)) === press) {
        pending.delete(placeKey(press));
        own.delete(placeKey(press));
      }
    set({ pending, overtaken });
  }

  return {
    getState: (): QueueState => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    /** Decides, as one act: one undo takes it back. */
    decide(presses: readonly Press[]): Promise<void> {
      if (presses.length === 0) return last;
      const waiting = new Set(presses.filter((press) => state.pending.has(placeKey(press))).map(placeKey));
      const overtaken = new Map(state.overtaken);
      for (const press of presses) overtaken.delete(placeKey(press));
      const pending = new Map([
        ...state.pending,
        ...presses.map((press) => [placeKey(press), press] as const),
      ]);
      set({ pending, overtaken });
      return enqueue(async () => {
        try {
          const items = presses.map((press) => {
            const key = placeKey(press);
            return waiting.has(key) && own.has(key) ? { ...press, base: own.get(key) ?? null } : press;
          });
          const answers = await untilReached(() => ports.send(items));
          const ids = idsOf(answers);
          if (ids.length > 0) done.push(ids);
          undone.length = 0;
          take(answers);
          const lost = new Map(state.overtaken);
          answers.forEach((answer, at) => {
            if ("error" in answer && answer.error.code === "overtaken")
              lost.set(placeKey(answer), presses[at]?.value ?? null);
            else if ("error" in answer) ports.onRefused(answer.error.message);
          });
          settle(presses, lost);
          set({ savedAt: new Date() });
        } catch (error) {
          settle(presses);
          throw error;
        }
      });
    },

    /** Takes my last act back. */
    undo: (): Promise<void> => turnBack(done, undone),
    /** Does again what I took back last. */
    redo: (): Promise<void> => turnBack(undone, done),
  };

  function turnBack(from: string[][], to: string[][]): Promise<void> {
    return enqueue(async () => {
      const ids = from.pop();
      if (!ids) return;
      const answers = await untilReached(() => ports.undo(ids));
      const back = idsOf(answers);
      if (back.length > 0) to.push(back);
      take(answers);
      for (const answer of answers) own.delete(placeKey(answer));
      set({ savedAt: new Date() });
      ports.onUndone(back.length, answers.length - back.length);
    });
  }
}
