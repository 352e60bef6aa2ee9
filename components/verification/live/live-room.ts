import * as Y from "yjs";
import { inBatches } from "@/components/saving/batches";
import { closeCodes, documentMaps, type Presence, type Refusal } from "@/contracts/live";
import { createCommittedMarks } from "./committed-marks";
import { type Line, openLine } from "./live-line";
import type { LiveRoom, LiveRoomOptions } from "./live-room-types";
import { isSameMark, isSpanMark, type Mark, pageKey, placeOf, readMark } from "./marks";
import { reasonOf } from "./refused-reason";
import type { UnsentMark } from "./room-outbox";

/** `previous`: one's own decision about the key that is not durable yet either. */
type Sending = Pick<UnsentMark, "decision" | "seen"> & { key: string; previous: Mark | null };

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
/** A connection that is back within this time was never shown as lost. */
const GRACE_MS = 1000;
const FIRST_GRACE_MS = 5000;

/**
 * Opens a room and keeps it open. Each connection gets the document anew from the server and writes what is in the
 * outbox into it, so that this page never sends anything but its own person's decisions.
 */
export function openLiveRoom(options: LiveRoomOptions): LiveRoom {
  const { url, room, me, outbox, adopt, webSocket, onChange, onSaved, onPeerChange, onRefusal, onRefused } =
    options;
  let line: Line | null = null;
  const committed = createCommittedMarks();
  let presence: Presence = {};
  let synced = false;
  let failures = 0;
  let badMessages = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let offline = false;
  let grace = setTimeout(noteOffline, FIRST_GRACE_MS);

  function noteOffline(): void {
    offline = true;
    onChange();
  }

  function noteStatus(status: string): void {
    if (status === "connected") {
      clearTimeout(grace);
      offline = false;
    }
    onChange();
  }

  async function connect(): Promise<void> {
    clearTimeout(waiting);
    waiting = undefined;
    if (closed || line) return;
    const opened: Line = openLine({
      url,
      room,
      presence,
      webSocket,
      onPersisted: (clocks) => notePersisted(opened, clocks),
      onRefused: (given) => noteRefused(opened, given),
      onChanged: (keys) => {
        if (line === opened) noteChanged(opened, keys);
      },
      onSynced: () => {
        if (line === opened) noteSynced(opened);
      },
      onStatus: noteStatus,
      onClosed: (code) => {
        if (line === opened) dropLine(code);
      },
      onPresence: onChange,
    });
    line = opened;
    await adopt(outbox);
    if (line === opened) opened.provider.connect();
  }

  function noteSynced(opened: Line): void {
    failures = 0;
    committed.clear();
    for (const map of documentMaps)
      for (const key of opened.maps[map].keys()) keep(opened, pageKey(map, key));
    synced = true;
    for (const [key, entry] of [...outbox.entries()])
      if (isSameMark(committed.get(key), entry.decision)) outbox.remove(key, entry.decision.at);
    for (const [key, entry] of outbox.entries()) committed.note(key, entry.decision);
    write(
      opened,
      [...outbox.entries()].map(([key, entry]) => ({ key, ...entry, previous: null })),
    );
    onChange();
  }

  function stands({ maps }: Line, pageKey: string): Mark | null {
    const { map, key } = placeOf(pageKey);
    return readMark(map, maps[map].get(key));
  }

  const keep = (from: Line, key: string): void => committed.set(key, stands(from, key));

  function noteChanged(opened: Line, keys: readonly string[]): void {
    if (!synced) return;
    for (const key of keys) keep(opened, key);
    const foreign = keys.filter((key) => (committed.get(key)?.by ?? me) !== me);
    if (foreign.length > 0) onPeerChange(foreign);
    onChange();
  }

  /** In one transaction, or in several when it would be too large for one message. */
  function write(to: Line, sending: readonly Sending[]): void {
    for (const batch of inBatches(sending))
      to.doc.transact(() => {
        for (const { key, decision: own, seen, previous } of batch) {
          const last = stands(to, key);
          // One's own last word is what one saw, whether it was durable when one decided again or not.
          const isOwn = last && (last.by === me || (previous && isSameMark(last, previous)));
          const place = placeOf(key);
          to.maps[place.map].set(place.key, { ...own, base: isOwn ? { by: last.by, at: last.at } : seen });
        }
      });
    const clock = Y.getState(to.doc.store, to.doc.clientID);
    for (const { key, decision: own } of sending) to.flights.set(key, { at: own.at, clock });
  }

  function notePersisted(from: Line, clocks: Map<number, number>): void {
    const { doc, flights } = from;
    const reached = clocks.get(doc.clientID) ?? 0;
    let saved = false;
    let changed = false;
    for (const [key, { at, clock }] of flights) {
      if (clock > reached) continue;
      saved = true;
      flights.delete(key);
      const own = outbox.entries().get(key)?.decision;
      keep(from, key);
      outbox.remove(key, at);
      // A span is drawn with its record, and by that whether it is saved.
      if (!own || isSpanMark(own) || !isSameMark(own, committed.get(key))) changed = true;
    }
    if (saved) onSaved(new Date());
    if (changed) onChange();
  }

  function noteRefused({ flights }: Line, given: Refusal): void {
    const refused = given.keys.flatMap((bare) => {
      const key = pageKey(given.map ?? "decisions", bare);
      const entry = outbox.entries().get(key);
      // A later decision about the same key may be on its way.
      const at = given.at?.[bare] ?? entry?.decision.at;
      const current = given.current?.[bare];
      if (current !== undefined) committed.set(key, current);
      if (!entry || entry.decision.at !== at) return [];
      flights.delete(key);
      outbox.remove(key, at);
      return [{ key, mark: entry.decision }];
    });
    onRefusal(given, refused);
    onChange();
  }

  function dropLine(code: number | null, mayReturn = true): void {
    const dropped = line;
    line = null;
    synced = false;
    clearTimeout(grace);
    if (!offline) grace = setTimeout(noteOffline, GRACE_MS);
    queueMicrotask(() => dropped?.destroy());
    badMessages = code === closeCodes.badMessage ? badMessages + 1 : 0;
    const reason = reasonOf(code, badMessages);
    if (reason) {
      closed = true;
      onRefused(reason);
    } else if (!closed && mayReturn) {
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      failures += 1;
      waiting = setTimeout(connect, longest * (0.5 + Math.random() / 2));
    }
    onChange();
  }

  void connect();
  return {
    name: room,
    holds(key) {
      const own = outbox.entries().get(key);
      if (own) return { mark: own.decision, unsaved: true };
      const mark = committed.get(key);
      return mark ? { mark, unsaved: false } : null;
    },
    spanKeys: committed.spanKeys,
    put(marks) {
      const sending = marks.map(([key, own]): Sending => {
        const before = outbox.entries().get(key);
        const last = committed.get(key);
        const seen = before ? before.seen : last ? { by: last.by, at: last.at } : null;
        outbox.put(key, { decision: own, seen });
        committed.note(key, own);
        return { key, decision: own, seen, previous: before?.decision ?? null };
      });
      if (line && synced) write(line, sending);
      onChange();
    },
    pending: () => outbox.entries(),
    isSynced: () => synced,
    isOnline: () => !offline,
    lookAt(state) {
      if (state.at === presence.at && state.view === presence.view) return;
      presence = state;
      line?.provider.awareness.setLocalState(state);
    },
    awareness() {
      const states = line?.provider.awareness;
      return [...(states?.getStates() ?? [])].map(([clientId, state]) => ({
        clientId,
        state,
        renewedAt: states?.meta.get(clientId)?.lastUpdated ?? 0,
      }));
    },
    ownClient: () => line?.doc.clientID ?? null,
    goOffline() {
      dropLine(null, false);
      clearTimeout(waiting);
      clearTimeout(grace);
      noteOffline();
    },
    reconnectNow() {
      failures = 0;
      if (!line) void connect();
    },
    close() {
      closed = true;
      clearTimeout(waiting);
      clearTimeout(grace);
      line?.destroy();
      line = null;
    },
  };
}
