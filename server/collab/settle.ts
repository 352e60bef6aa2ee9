import { equalityDeep } from "lib0/function";
import * as Y from "yjs";
import type { DocumentMap, Refusal } from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import type { OwnSpan } from "@/server/modules/annotations";
import type { NewVerdict, RoomItems, RoomUnderLock, StandingLabel } from "@/server/modules/verification";
import { groupRefusals, type Refused } from "./group-refusals";
import { judgeDecision } from "./judge-decision";
import { judgeInOrder } from "./judge-in-order";
import { judgeSpan } from "./judge-span";
import { createLedger, type DocumentMaps, type Ledger } from "./ledger";
import { inOneTransaction } from "./one-transaction";
import type { Intent, ParsedUpdate } from "./parse-update";
import { createSpanPlaces } from "./span-places";
import { afterDecision, type KeyState } from "./standing";

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
 * Applies what people sent to the document, in the order in which it came, and sets again the committed value of every
 * key whose change is not allowed: all in one Yjs transaction, so that no replica ever gets a wrong value.
 */
export function settle<Sender>(input: SettleInput<Sender>): Settled<Sender> {
  const { doc, entries, histories, now } = input;
  const maps = { decisions: doc.getMap("decisions"), spans: doc.getMap("spans") };
  const ledger = createLedger(maps, histories);
  for (const { update } of entries) update.touched.forEach(ledger.touch);
  takeInbox(ledger, now.inbox);
  const { judge, verdicts, spans } = createJudge(input, ledger, maps);
  const refusals = entries.flatMap(({ sender, author, update }) => {
    const refused = judgeInOrder(update.intents, (intent) => judge(author, intent));
    return groupRefusals(refused).map((refusal) => ({ sender, refusal }));
  });
  const update = inOneTransaction(doc, (transaction) => {
    for (const { update } of entries) Y.applyUpdate(doc, update.bytes, "client");
    requireTouched(ledger, maps, transaction);
    write(ledger, maps);
  });
  return { update, verdicts, spans, refusals };
}

/** What came by REST is in the rows already, and so is what it replaced. */
function takeInbox(ledger: Ledger, inbox: RoomUnderLock["inbox"]): void {
  for (const entry of inbox)
    if (entry.map === "spans") ledger.setSpan(entry.key, entry.value);
    else ledger.setDecision(entry.key, { ...ledger.decision(entry.key), committed: entry.value });
}

/** Judges one value after the other, each by what the ones before left, and collects the rows that they make. */
function createJudge(
  { room, now, standing }: Pick<SettleInput<unknown>, "room" | "now" | "standing">,
  ledger: Ledger,
  maps: DocumentMaps,
) {
  const verdicts: NewVerdict[] = [];
  const spans: OwnSpan[] = [];
  const places = createSpanPlaces(standing, () => maps.spans.values());

  function decide(author: ProjectActor, { key, value }: Intent): Refused | null {
    const state = ledger.decision(key);
    const judged = judgeDecision({ key, value, author, room, now, state });
    if (judged.kind === "known") return null;
    if (judged.verdict) verdicts.push(judged.verdict);
    if (judged.kind === "refused") return { ...judged, current: state.committed };
    ledger.setDecision(key, afterDecision(state, judged.decision));
    return null;
  }

  function mark(author: ProjectActor, { key, value }: Intent): Refused | null {
    const committed = ledger.span(key);
    const judged = judgeSpan({ key, value, author, room, now, committed, places });
    if (judged.kind === "known") return null;
    if (judged.kind === "refused") return { ...judged, current: committed };
    ledger.setSpan(key, judged.mark);
    if (judged.row) spans.push(judged.row);
    return null;
  }

  const judge = (author: ProjectActor, intent: Intent): Refused | null =>
    intent.map === "spans" ? mark(author, intent) : decide(author, intent);
  return { judge, verdicts, spans };
}

/** What nobody looked at must not reach a replica, however an update brought it in. */
function requireTouched(ledger: Ledger, maps: DocumentMaps, { changed }: Y.Transaction): void {
  // Yjs types the keys more narrowly than the maps that it puts there.
  const changes: ReadonlyMap<unknown, ReadonlySet<string | null>> = changed;
  const isUnseen = (map: DocumentMap) =>
    [...(changes.get(maps[map]) ?? [])].some((key) => key === null || !ledger.isTouched({ map, key }));
  if (isUnseen("decisions") || isUnseen("spans"))
    throw new Error("An update changed a key that was not seen in it.");
}

function write(ledger: Ledger, maps: DocumentMaps): void {
  for (const { map, key, value } of ledger.outcome()) {
    const target = maps[map];
    if (equalityDeep(target.get(key), value)) continue;
    if (value === undefined) target.delete(key);
    else target.set(key, value);
  }
}
