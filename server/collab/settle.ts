import { equalityDeep } from "lib0/function";
import * as Y from "yjs";
import { z } from "zod";
import {
  type Decision,
  type DocumentMap,
  decision,
  type Refusal,
  type SpanMark,
  spanMark,
} from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import type { OwnSpan } from "@/server/modules/annotations";
import type { NewVerdict, RoomItems, RoomUnderLock, StandingLabel } from "@/server/modules/verification";
import { judgeDecision } from "./judge-decision";
import { judgeSpan } from "./judge-span";
import type { ParsedUpdate, Place } from "./parse-update";
import { createSpanPlaces } from "./span-places";
import { afterDecision, type KeyState, NO_HISTORY } from "./standing";

export type Authored<Sender> = { sender: Sender; author: ProjectActor; update: ParsedUpdate };

export type Settled<Sender> = {
  /** The merged difference, in which what was refused is collected already; null: nothing changed. */
  update: Uint8Array | null;
  verdicts: NewVerdict[];
  /** Every change of people's own spans. */
  spans: OwnSpan[];
  refusals: { sender: Sender; refusal: Refusal }[];
};

type SettleInput<Sender> = {
  doc: Y.Doc;
  room: RoomItems;
  now: RoomUnderLock;
  entries: readonly Authored<Sender>[];
  /** What the rows tell of the keys that are set again. */
  histories: ReadonlyMap<string, Omit<KeyState, "committed">>;
  /** What the rows hold that spans of these entries may meet. */
  standing: readonly StandingLabel[];
};

/**
 * Applies what people sent, in the order in which it came, to the document, and sets again the committed value of
 * every key whose change is not allowed: all in one Yjs transaction, so that no replica ever gets a wrong value.
 * Which of two values stands is decided here, by arrival, never by Yjs's own order.
 */
export function settle<Sender>(input: SettleInput<Sender>): Settled<Sender> {
  const { doc, room, now, entries, histories, standing } = input;
  const maps = { decisions: doc.getMap("decisions"), spans: doc.getMap("spans") };
  const verdicts: NewVerdict[] = [];
  const rows: OwnSpan[] = [];
  const refusals = new Map<string, { sender: Sender; refusal: Refusal }>();
  const states = new Map<string, KeyState>();
  const marks = new Map<string, SpanMark | null>();
  const places = createSpanPlaces(standing, () => maps.spans.values());
  const touched = new Map<string, Place>();
  const before = new Map<string, unknown>();
  const touch = (place: Place) => {
    const id = `${place.map} ${place.key}`;
    if (touched.has(id)) return;
    touched.set(id, place);
    before.set(id, maps[place.map].get(place.key));
  };
  const stateOf = (key: string): KeyState => {
    const known = states.get(key);
    if (known) return known;
    touch({ map: "decisions", key });
    const committed = decision.safeParse(before.get(`decisions ${key}`)).data ?? null;
    return { committed, ...(histories.get(key) ?? NO_HISTORY) };
  };
  const markOf = (key: string): SpanMark | null => {
    const known = marks.get(key);
    if (known !== undefined) return known;
    touch({ map: "spans", key });
    return spanMark.safeParse(before.get(`spans ${key}`)).data ?? null;
  };

  function judge(author: ProjectActor, { map, key, value }: Place & { value: unknown }): Refused | null {
    if (map === "spans") {
      const committed = markOf(key);
      const judged = judgeSpan({ key, value, author, room, now, committed, places });
      if (judged.kind === "refused") return { ...judged, current: committed };
      if (judged.kind === "accepted") marks.set(key, judged.mark);
      if (judged.kind === "accepted" && judged.row) rows.push(judged.row);
      return null;
    }
    const state = stateOf(key);
    const judged = judgeDecision({ key, value, author, room, now, state });
    if (judged.kind === "known") return null;
    if (judged.verdict) verdicts.push(judged.verdict);
    if (judged.kind === "refused") return { ...judged, current: state.committed };
    states.set(key, afterDecision(state, judged.decision));
    return null;
  }

  for (const { update } of entries) update.touched.forEach(touch);
  // The rows know already what came by REST, and so what a verdict replaced.
  for (const entry of now.inbox)
    if (entry.map === "decisions") {
      const { key, value } = entry;
      states.set(key, { ...stateOf(key), committed: value });
    } else {
      touch({ map: "spans", key: entry.key });
      marks.set(entry.key, entry.value);
    }
  entries.forEach(({ sender, author, update }, index) => {
    for (const { intent, refused } of judgeAll(update.intents, (one) => judge(author, one)))
      addRefusal(refusals, `${index} ${intent.map} ${refused.code}`, sender, intent, refused);
  });

  const update = changing(doc, (transaction) => {
    // Yjs types the keys more narrowly than the maps that it puts there.
    const changed: ReadonlyMap<unknown, ReadonlySet<string | null>> = transaction.changed;
    for (const { update } of entries) Y.applyUpdate(doc, update.bytes, "client");
    requireNamed(touched, [
      ...changesOf("decisions", changed.get(maps.decisions)),
      ...changesOf("spans", changed.get(maps.spans)),
    ]);
    for (const [id, { map, key }] of touched) {
      const target = maps[map];
      const settled = map === "decisions" ? states.get(key)?.committed : marks.get(key);
      const wanted = settled === undefined ? before.get(id) : settled;
      if (equalityDeep(target.get(key), wanted)) continue;
      if (wanted === undefined || wanted === null) target.delete(key);
      else target.set(key, wanted);
    }
  });
  return { update, verdicts, spans: rows, refusals: [...refusals.values()] };
}

/** Of spans that each take the place which the next one leaves; nobody makes more by hand while offline. */
const MAX_PASSES = 10;

/**
 * Judges the values of one update in their order. A span whose place is still another's is judged again after the rest:
 * the other may have moved at the same stroke.
 */
function judgeAll<Intent>(
  intents: readonly Intent[],
  judge: (intent: Intent) => Refused | null,
): { intent: Intent; refused: Refused }[] {
  const refused: { intent: Intent; refused: Refused }[] = [];
  let left = intents;
  for (let pass = 1; left.length > 0; pass++) {
    const before = left.length;
    const judged = left.map((intent) => ({ intent, refused: judge(intent) }));
    const crowded = judged.filter((one) => one.refused?.code === "duplicate");
    left = crowded.map(({ intent }) => intent);
    const isLast = left.length === before || pass === MAX_PASSES;
    if (isLast) left = [];
    for (const one of judged)
      if (one.refused && (isLast || one.refused.code !== "duplicate"))
        refused.push({ intent: one.intent, refused: one.refused });
  }
  return refused;
}

type Refused = Pick<Refusal, "code" | "message"> & { current: Decision | SpanMark | null };

/** One message for all keys of one map and update that were refused for the same reason. */
function addRefusal<Sender>(
  refusals: Map<string, { sender: Sender; refusal: Refusal }>,
  group: string,
  sender: Sender,
  { map, key, value }: Place & { value: unknown },
  { code, message, current }: Refused,
): void {
  const ofMap = map === "spans" ? { map } : {};
  const none: Refusal = { ...ofMap, keys: [], code, message, current: {}, at: {} };
  const refusal = refusals.get(group)?.refusal ?? none;
  refusals.set(group, { sender, refusal });
  refusal.keys.push(key);
  if (refusal.current) refusal.current[key] = current;
  const { data } = timed.safeParse(value);
  if (refusal.at && data) refusal.at[key] = data.at;
}

/** What tells one change of a key from another. */
const timed = z.object({ at: z.string().max(40) });

const changesOf = (map: DocumentMap, keys: ReadonlySet<string | null> = new Set()): string[] =>
  [...keys].map((key) => `${map} ${key}`);

/** What nobody looked at must not reach a replica, however an update brought it in. */
function requireNamed(touched: ReadonlyMap<string, Place>, changed: readonly string[]): void {
  if (changed.some((id) => !touched.has(id)))
    throw new Error("An update changed a key that was not seen in it.");
}

/** Runs `change` in one transaction of the document; the update that says all of it, or null when there is none. */
export function changing(doc: Y.Doc, change: (transaction: Y.Transaction) => void): Uint8Array | null {
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array) => void updates.push(update);
  doc.on("update", note);
  try {
    doc.transact((transaction) => {
      change(transaction);
      // Applying a client's update marks the transaction as foreign; Yjs would then take what this server writes
      // in it for somebody else's use of its client id, and change the id.
      transaction.local = true;
    }, "server");
  } finally {
    doc.off("update", note);
  }
  if (updates.length > 1) throw new Error("One transaction made several updates.");
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    throw new Error("An update left something pending.");
  return updates[0] ?? null;
}
