/** After so many milliseconds without a key, a click or a scroll nobody is taken to be reading any more. */
const IDLE_MS = 30_000;
/** More than a decision can carry: somebody who scrolls a text for a day. */
const MOST_MS = 86_400_000;

/** What a person looks at, and for how long they have worked on each item since they last decided it. Times in ms. */
export type Attention = {
  /** The item that has the focus. */
  key: string | null;
  visible: boolean;
  /** The last sign of life. */
  inputAt: number;
  /** Up to when `spent` counts. */
  countedTo: number;
  spent: ReadonlyMap<string, number>;
};

export type AttentionEvent =
  | { kind: "look"; key: string | null; at: number }
  | { kind: "visible"; visible: boolean; at: number }
  | { kind: "input"; at: number }
  /** A decision has taken the time of this item: the next one begins at nothing. */
  | { kind: "taken"; key: string; at: number };

export const newAttention = (at: number): Attention => ({
  key: null,
  visible: true,
  inputAt: at,
  countedTo: at,
  spent: new Map(),
});

/** What is known after an event. Events come in the order of their times; a clock that steps back counts nothing. */
export function attend(before: Attention, event: AttentionEvent): Attention {
  const now = countTo(before, event.at);
  switch (event.kind) {
    case "look":
      return { ...now, key: event.key };
    case "visible":
      // Whoever comes back to the page has done so by some key or click.
      return { ...now, visible: event.visible, inputAt: event.visible ? event.at : now.inputAt };
    case "input":
      return { ...now, inputAt: event.at };
    case "taken": {
      const spent = new Map(now.spent);
      spent.delete(event.key);
      return { ...now, spent };
    }
  }
}

/** Whole milliseconds that were worked on an item up to `at`. */
export const spentOn = (attention: Attention, key: string, at: number): number =>
  Math.min(MOST_MS, Math.round(countTo(attention, at).spent.get(key) ?? 0));

function countTo(attention: Attention, at: number): Attention {
  const { key, visible, inputAt, countedTo, spent } = attention;
  const worked = Math.min(at, inputAt + IDLE_MS) - countedTo;
  if (key === null || !visible || worked <= 0) return { ...attention, countedTo: at };
  return { ...attention, countedTo: at, spent: new Map(spent).set(key, (spent.get(key) ?? 0) + worked) };
}
