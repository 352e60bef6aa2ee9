import { equalityDeep } from "lib0/function";
import * as Y from "yjs";
import { type Decision, decision, type Refusal } from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import type { NewVerdict, RoomItems, RoomUnderLock } from "@/server/modules/verification";
import { type Judgement, judgeDecision, type KeyState } from "./judge-decision";
import type { MapName, ParsedUpdate, Place } from "./parse-update";

export type Authored<Sender> = { sender: Sender; author: ProjectActor; update: ParsedUpdate };

export type Settled<Sender> = {
  /** The merged difference, in which what was refused is collected already; null: nothing changed. */
  update: Uint8Array | null;
  verdicts: NewVerdict[];
  refusals: { sender: Sender; refusal: Refusal }[];
};

type SettleInput<Sender> = {
  doc: Y.Doc;
  room: RoomItems;
  now: RoomUnderLock;
  entries: readonly Authored<Sender>[];
  /** What the standing value of a key replaced, as far as the rows tell. */
  replaced: ReadonlyMap<string, KeyState["replaced"]>;
};

const NO_SPANS: Judgement = {
  kind: "refused",
  code: "invalid",
  message: "Spans can't be marked in this session.",
};

/**
 * Applies what people sent, in the order in which it came, to the document, and sets again the committed value of
 * every key whose change is not allowed: all in one Yjs transaction, so that no replica ever gets a wrong value.
 * Which of two values stands is decided here, by arrival, never by Yjs's own order.
 */
export function settle<Sender>({ doc, room, now, entries, replaced }: SettleInput<Sender>): Settled<Sender> {
  const decisions = doc.getMap("decisions");
  const spans = doc.getMap("spans");
  const verdicts: NewVerdict[] = [];
  const refusals = new Map<string, { sender: Sender; refusal: Refusal }>();
  const states = new Map<string, KeyState>();
  const touched = new Map<string, Place>();
  const before = new Map<string, unknown>();
  const touch = (place: Place) => {
    const id = `${place.map} ${place.key}`;
    if (touched.has(id)) return;
    touched.set(id, place);
    before.set(id, (place.map === "decisions" ? decisions : spans).get(place.key));
  };
  const stateOf = (key: string): KeyState => {
    const known = states.get(key);
    if (known) return known;
    touch({ map: "decisions", key });
    const committed = decision.safeParse(before.get(`decisions ${key}`)).data ?? null;
    return { committed, replaced: replaced.get(key) ?? null };
  };

  for (const { update } of entries) update.touched.forEach(touch);
  for (const { key, value } of now.inbox) {
    const state = stateOf(key);
    // The rows know the verdict already, and so what it replaced.
    states.set(key, { committed: value, replaced: replaced.get(key) ?? state.committed });
  }
  entries.forEach(({ sender, author, update }, index) => {
    for (const { map, key, value } of update.intents) {
      const state = map === "decisions" ? stateOf(key) : { committed: null, replaced: null };
      const judged: Judgement =
        map === "decisions" ? judgeDecision({ key, value, author, room, now, state }) : NO_SPANS;
      if (judged.kind === "known") continue;
      if (judged.verdict) verdicts.push(judged.verdict);
      if (judged.kind === "accepted") {
        const replacing = judged.verdict ? state.committed : state.replaced;
        states.set(key, { committed: judged.decision, replaced: replacing });
      } else {
        const at = decision.safeParse(value).data?.at;
        addRefusal(refusals, `${index} ${judged.code}`, sender, {
          ...judged,
          key,
          at,
          current: state.committed,
        });
      }
    }
  });

  const update = changing(doc, (transaction) => {
    // Yjs types the keys more narrowly than the maps that it puts there.
    const changed: ReadonlyMap<unknown, ReadonlySet<string | null>> = transaction.changed;
    for (const { update } of entries) Y.applyUpdate(doc, update.bytes, "client");
    requireNamed(touched, [
      ...changesOf("decisions", changed.get(decisions)),
      ...changesOf("spans", changed.get(spans)),
    ]);
    for (const [id, { map, key }] of touched) {
      const target = map === "decisions" ? decisions : spans;
      const wanted = map === "decisions" && states.has(key) ? states.get(key)?.committed : before.get(id);
      if (equalityDeep(target.get(key), wanted)) continue;
      if (wanted === undefined || wanted === null) target.delete(key);
      else target.set(key, wanted);
    }
  });
  return { update, verdicts, refusals: [...refusals.values()] };
}

type OneRefusal = {
  key: string;
  code: Refusal["code"];
  message: string;
  at?: string;
  current: Decision | null;
};

/** One message for all keys of one update that were refused for the same reason. */
function addRefusal<Sender>(
  refusals: Map<string, { sender: Sender; refusal: Refusal }>,
  group: string,
  sender: Sender,
  { key, code, message, at, current }: OneRefusal,
): void {
  const refusal: Refusal = refusals.get(group)?.refusal ?? { keys: [], code, message, current: {}, at: {} };
  refusals.set(group, { sender, refusal });
  refusal.keys.push(key);
  if (refusal.current) refusal.current[key] = current;
  if (refusal.at && at !== undefined) refusal.at[key] = at;
}

const changesOf = (map: MapName, keys: ReadonlySet<string | null> = new Set()): string[] =>
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
