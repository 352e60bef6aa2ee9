import * as decoding from "lib0/decoding";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import {
  closeCodes,
  type Decision,
  decision,
  MESSAGE_PERSISTED,
  MESSAGE_REFUSED,
  type Presence,
  type Refusal,
  refusal,
} from "@/contracts/live";
import { inBatches } from "./batches";
import { isSameDecision, type Outbox, type OutboxEntry } from "./outbox";
import type { AwarenessState } from "./peers";
import { type RefusedReason, reasonOf } from "./refused-reason";

/** One live document of a session, as this page holds it. */
export type LiveRoom = {
  name: string;
  /** What stands for a key: one's own last word, else what the server has committed. */
  holds(key: string): { decision: Decision; unsaved: boolean } | null;
  /** Takes own decisions; they are sent at once or when the line is back. */
  put(decisions: readonly (readonly [key: string, decision: Decision])[]): void;
  pending(): ReadonlyMap<string, OutboxEntry>;
  isSynced(): boolean;
  isOnline(): boolean;
  lookAt(state: Presence): void;
  awareness(): AwarenessState[];
  /** Client ids of this page. */
  ownClient(): number | null;
  /** Gives the connection up until {@link LiveRoom.reconnectNow}. */
  goOffline(): void;
  reconnectNow(): void;
  close(): void;
};

export type LiveRoomOptions = {
  url: string;
  room: string;
  me: string;
  outbox: Outbox;
  /** Before each connection, to take over what closed tabs left behind. */
  adopt(outbox: Outbox): Promise<void>;
  /** The browser's, or another in a test. */
  webSocket?: typeof WebSocket;
  onChange(): void;
  onSaved(at: Date): void;
  onPeerChange(keys: readonly string[]): void;
  onRefusal(refusal: Refusal, refused: readonly { key: string; decision: Decision }[]): void;
  /** The server lets us in no further. */
  onRefused(reason: RefusedReason): void;
};

type Line = {
  doc: Y.Doc;
  decisions: Y.Map<unknown>;
  provider: WebsocketProvider;
  flights: Map<string, Flight>;
};
/** A decision on its way: durable when the server's clock for us reaches `clock`. */
type Flight = { at: string; clock: number };

/** `previous`: one's own decision about the key that is not durable yet either. */
type Sending = Pick<OutboxEntry, "decision" | "seen"> & { key: string; previous: Decision | null };

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
  let committed = new Map<string, Decision>();
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
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(url, room, doc, {
      connect: false,
      disableBc: true,
      // Reconnecting is done here, with a new document.
      shouldReconnect: () => false,
      ...(webSocket ? { WebSocketPolyfill: webSocket } : {}),
    });
    const opened: Line = { doc, provider, decisions: doc.getMap("decisions"), flights: new Map() };
    line = opened;
    provider.messageHandlers[MESSAGE_PERSISTED] = (_encoder, decoder) =>
      notePersisted(opened, Y.decodeStateVector(decoding.readVarUint8Array(decoder)));
    provider.messageHandlers[MESSAGE_REFUSED] = (_encoder, decoder) => {
      const { data } = refusal.safeParse(JSON.parse(decoding.readVarString(decoder)));
      if (data) noteRefused(opened, data);
    };
    opened.decisions.observe((event, transaction) => {
      if (!transaction.local && line === opened) noteChanged(opened, [...event.keysChanged]);
    });
    provider.on("sync", (isSynced) => {
      if (isSynced && line === opened) noteSynced(opened);
    });
    provider.on("status", ({ status }) => noteStatus(status));
    provider.on("connection-close", (event) => {
      if (line === opened) dropLine(event?.code ?? null);
    });
    provider.awareness.setLocalState(presence);
    provider.awareness.on("change", onChange);
    await adopt(outbox);
    if (line === opened) provider.connect();
  }

  function noteSynced(opened: Line): void {
    failures = 0;
    committed = new Map();
    for (const [key, value] of opened.decisions.entries()) keep(key, value);
    synced = true;
    for (const [key, entry] of [...outbox.entries()])
      if (isSameDecision(committed.get(key), entry.decision)) outbox.remove(key, entry.decision.at);
    write(
      opened,
      [...outbox.entries()].map(([key, entry]) => ({ key, ...entry, previous: null })),
    );
    onChange();
  }

  function keep(key: string, value: unknown): void {
    const { data } = decision.safeParse(value);
    if (data) committed.set(key, data);
    else committed.delete(key);
  }

  function noteChanged(opened: Line, keys: readonly string[]): void {
    if (!synced) return;
    for (const key of keys) keep(key, opened.decisions.get(key));
    const foreign = keys.filter((key) => committed.has(key) && committed.get(key)?.by !== me);
    if (foreign.length > 0) onPeerChange(foreign);
    onChange();
  }

  /** In one transaction, or in several when it would be too large for one message. */
  function write(to: Line, sending: readonly Sending[]): void {
    for (const batch of inBatches(sending))
      to.doc.transact(() => {
        for (const { key, decision: own, seen, previous } of batch) {
          const stands = decision.safeParse(to.decisions.get(key)).data;
          // One's own last word is what one saw, whether it was durable when one decided again or not.
          const isOwn = stands && (stands.by === me || (previous && isSameDecision(stands, previous)));
          to.decisions.set(key, { ...own, base: isOwn ? { by: stands.by, at: stands.at } : seen });
        }
      });
    const clock = Y.getState(to.doc.store, to.doc.clientID);
    for (const { key, decision: own } of sending) to.flights.set(key, { at: own.at, clock });
  }

  function notePersisted({ doc, decisions, flights }: Line, clocks: Map<number, number>): void {
    const reached = clocks.get(doc.clientID) ?? 0;
    let saved = false;
    for (const [key, { at, clock }] of flights) {
      if (clock > reached) continue;
      saved = true;
      flights.delete(key);
      keep(key, decisions.get(key));
      outbox.remove(key, at);
    }
    if (saved) onSaved(new Date());
    if (saved) onChange();
  }

  function noteRefused({ flights }: Line, given: Refusal): void {
    const refused = given.keys.flatMap((key) => {
      const entry = outbox.entries().get(key);
      // A later decision about the same key may be on its way.
      const at = given.at?.[key] ?? entry?.decision.at;
      const current = given.current?.[key];
      if (current) committed.set(key, current);
      else if (current === null) committed.delete(key);
      if (!entry || entry.decision.at !== at) return [];
      flights.delete(key);
      outbox.remove(key, at);
      return [{ key, decision: entry.decision }];
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
    // Not inside its own event, after which it would go on with what is destroyed.
    queueMicrotask(() => {
      dropped?.provider.destroy();
      dropped?.doc.destroy();
    });
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
      if (own) return { decision: own.decision, unsaved: true };
      const stands = committed.get(key);
      return stands ? { decision: stands, unsaved: false } : null;
    },
    put(decisions) {
      const sending = decisions.map(([key, own]): Sending => {
        const before = outbox.entries().get(key);
        const stands = committed.get(key);
        const seen = before ? before.seen : stands ? { by: stands.by, at: stands.at } : null;
        outbox.put(key, { decision: own, seen });
        return { key, decision: own, seen, previous: before?.decision ?? null };
      });
      if (line && synced) write(line, sending);
      onChange();
    },
    pending: () => outbox.entries(),
    isSynced: () => synced,
    isOnline: () => !offline,
    lookAt(state) {
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
      line?.provider.destroy();
      line?.doc.destroy();
      line = null;
    },
  };
}
