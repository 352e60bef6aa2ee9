import type * as Y from "yjs";
import { type DocumentMap, decision, type SpanMark, spanMark } from "@/contracts/live";
import type { Place } from "./parse-update";
import { type KeyState, NO_HISTORY } from "./standing";

export type DocumentMaps = Readonly<Record<DocumentMap, Y.Map<unknown>>>;

/** What stands under each key while a commit is judged: what was committed before, and what was accepted since. */
export type Ledger = {
  /** Notes that a key may change. What it holds now is what it keeps, unless something is accepted. */
  touch(place: Place): void;
  decision(key: string): KeyState;
  setDecision(key: string, state: KeyState): void;
  span(key: string): SpanMark | null;
  setSpan(key: string, mark: SpanMark): void;
  isTouched(place: Place): boolean;
  /** What every touched key shall hold; undefined: nothing. */
  outcome(): (Place & { value: unknown })[];
};

/** @param histories what the rows tell of the keys that are set again */
export function createLedger(
  maps: DocumentMaps,
  histories: ReadonlyMap<string, Omit<KeyState, "committed">>,
): Ledger {
  const touched = new Map<string, Place & { before: unknown }>();
  const decisions = new Map<string, KeyState>();
  const spans = new Map<string, SpanMark>();

  function before(place: Place): unknown {
    const id = nameOf(place);
    const known = touched.get(id);
    if (known) return known.before;
    const value = maps[place.map].get(place.key);
    touched.set(id, { ...place, before: value });
    return value;
  }

  return {
    touch: (place) => void before(place),
    decision(key) {
      const known = decisions.get(key);
      if (known) return known;
      const value = before({ map: "decisions", key });
      // Asking for what nobody has decided yet is the most frequent question, and a failed parse the slowest answer.
      const committed = value === undefined ? null : (decision.safeParse(value).data ?? null);
      return { committed, ...(histories.get(key) ?? NO_HISTORY) };
    },
    setDecision(key, state) {
      before({ map: "decisions", key });
      decisions.set(key, state);
    },
    span: (key) => spans.get(key) ?? spanMark.safeParse(before({ map: "spans", key })).data ?? null,
    setSpan(key, mark) {
      before({ map: "spans", key });
      spans.set(key, mark);
    },
    isTouched: (place) => touched.has(nameOf(place)),
    outcome: () =>
      [...touched.values()].map(({ map, key, before: value }) => ({
        map,
        key,
        value: (map === "decisions" ? decisions.get(key)?.committed : spans.get(key)) ?? value,
      })),
  };
}

const nameOf = ({ map, key }: Place): string => `${map} ${key}`;
