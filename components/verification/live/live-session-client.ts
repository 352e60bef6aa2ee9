import { equalityDeep } from "lib0/function";
import { createAnnouncer } from "@/components/saving/announcer";
import { type OutboxStorage, roomsWithOutbox } from "@/components/saving/outbox";
import { type SaveState, saveStateOf } from "@/components/saving/save-state";
import { openTab, type Tab } from "@/components/saving/tabs";
import type { Change } from "@/components/saving/undo-stack";
import { type Refusal, roomName } from "@/contracts/live";
import { createActs } from "./acts";
import { keptOf } from "./decisions";
import { openLiveRoom } from "./live-room";
import type { Held, LiveRoom } from "./live-room-types";
import { isSpanMark, type Mark, placeOf } from "./marks";
import { peersOf } from "./peers";
import { spansIn } from "./record-spans";
import type { RefusedReason } from "./refused-reason";
import { openRoomOutbox } from "./room-outbox";
import type { Kept, LiveSession, LiveVerdict, PeerPresence } from "./types";

/** Rooms whose rows are on screen, or the next one's. */
const MAX_SHOWN = 3;
const GLOW_MS = 1000;

export type LiveSessionInput = {
  session: { id: string; wsUrl: string; rooms: readonly string[]; chunkSize: number };
  me: { id: string };
  storage: OutboxStorage | null;
  locks?: LockManager;
  webSocket?: typeof WebSocket;
};

/** What a session's screen knows beside the room. */
type Circumstances = {
  open: boolean;
  canVerify: boolean;
  /** The session's rooms, by chunk: there are more when labels were added. */
  rooms: readonly string[];
};

/** A session's live rooms without a screen: a store that components subscribe to. */
export type LiveSessionClient = {
  start(): void;
  stop(): void;
  subscribe(listener: () => void): () => void;
  snapshot(): LiveSession;
  setCircumstances(now: Partial<Circumstances>): void;
  unsent(): number;
};

export function createLiveSessionClient(input: LiveSessionInput): LiveSessionClient {
  const { session, me, storage, locks, webSocket } = input;
  const rooms = new Map<string, LiveRoom>();
  const homes = new Map<string, string>();
  const announcer = createAnnouncer();
  const recent = new Map<string, number>();
  const kept: Kept[] = [];
  let tab: Tab | null = null;
  let shown: string[] = session.rooms.slice(0, 1);
  let refusals: Refusal[] = [];
  let refused: RefusedReason | null = null;
  let savedAt: Date | null = null;
  let looking: { at: string | null; view: "table" | "focus" } = { at: null, view: "table" };
  let circumstances: Circumstances = { open: true, canVerify: true, rooms: session.rooms };
  let current: LiveSession | null = null;
  let save: SaveState<Kept> | null = null;
  let present: PeerPresence[] = [];

  function changed(): void {
    current = null;
    saveChanged();
  }

  function saveChanged(): void {
    save = null;
    announcer.announce();
  }

  const open = () => [...rooms.values()];
  const pending = () => open().flatMap((room) => [...room.pending()]);
  const unsent = () => pending().length;

  function arrange(): void {
    if (!tab || refused) return;
    const draining = roomsWithOutbox(storage, me.id).filter((name) => circumstances.rooms.includes(name));
    const wanted = new Set([...shown, ...draining.filter((name) => !shown.includes(name)).slice(0, 1)]);
    for (const name of wanted) if (!rooms.has(name)) openRoom(name, tab);
    for (const [name, room] of rooms) {
      if (wanted.has(name) || room.pending().size > 0 || rooms.size <= MAX_SHOWN) continue;
      rooms.delete(name);
      room.close();
    }
    tellPlace();
  }

  function openRoom(name: string, inTab: Tab): void {
    rooms.set(
      name,
      openLiveRoom({
        url: session.wsUrl,
        room: name,
        me: me.id,
        outbox: openRoomOutbox({ userId: me.id, room: name, tab: inTab.id, storage }),
        adopt: (outbox) => inTab.adopt(outbox, `${me.id} ${name}`),
        webSocket,
        onChange: changed,
        onSaved(at) {
          savedAt = at;
          arrange();
          saveChanged();
        },
        onPeerChange: glow,
        onRefusal(given, ofMine) {
          refusals = [given, ...refusals].slice(0, 20);
          if (given.code !== "overtaken") kept.push(...ofMine.map(({ key, mark }) => keptOf(key, mark)));
        },
        onRefused(reason) {
          refused = reason;
          kept.push(...pending().map(([key, { decision }]) => keptOf(key, decision)));
          for (const room of open()) room.close();
        },
      }),
    );
  }

  function glow(pageKeys: readonly string[]): void {
    const now = Date.now();
    const keys = pageKeys.map((key) => placeOf(key).key);
    for (const key of keys) recent.set(key, now);
    setTimeout(() => {
      for (const key of keys) if (recent.get(key) === now) recent.delete(key);
      changed();
    }, GLOW_MS);
  }

  const roomNameOf = (key: string): string =>
    homes.get(key) ??
    open().find((room) => room.holds(key))?.name ??
    session.rooms[0] ??
    roomName(session.id, 0);

  function holds(key: string): Held | null {
    const home = homes.get(key);
    if (home !== undefined) return rooms.get(home)?.holds(key) ?? null;
    for (const room of rooms.values()) {
      const found = room.holds(key);
      if (found) return found;
    }
    return null;
  }

  function write(changes: readonly Change<Mark>[]): void {
    const names = changes.map(({ key }) => roomNameOf(key));
    for (const name of new Set(names)) {
      if (!rooms.has(name) && tab) openRoom(name, tab);
      const own = changes.filter((_, place) => names[place] === name);
      rooms.get(name)?.put(own.map(({ key, after }) => [key, after] as const));
    }
    changed();
  }

  const readOnly = () => refused !== null || !circumstances.open || !circumstances.canVerify || tab === null;

  const acts = createActs({
    me: me.id,
    holds,
    place: (key, room) => void homes.set(key, room),
    write,
    mayWrite: () => !readOnly(),
  });

  function tellPlace(): void {
    const home = looking.at === null ? undefined : roomNameOf(looking.at);
    for (const [name, room] of rooms)
      room.lookAt({
        at: name === home || (home === undefined && name === shown[0]) ? looking.at : null,
        view: looking.view,
      });
  }

  const { subscribe } = announcer;
  function snapshot(): LiveSession {
    current ??= picture();
    return current;
  }

  const methods = {
    subscribe,
    now: snapshot,
    saveState() {
      save ??= readSave();
      return save;
    },
    dismissRefusal(index: number) {
      refusals = refusals.filter((_, place) => place !== index);
      changed();
    },
    verdictOf(annotationId: string): LiveVerdict | null {
      const found = holds(annotationId);
      if (!found || isSpanMark(found.mark)) return null;
      const { status, value, start = null, end = null, reason = null, together, by, at } = found.mark;
      return {
        ...(status === undefined ? {} : { status }),
        ...{ value, start, end, reason, together: together === true, by, at },
        unsaved: found.unsaved,
      };
    },
    spansOf: (recordId: string) => spansIn(open(), recordId),
    act: acts.act,
    decide: acts.decide,
    undo: acts.undo,
    redo: acts.redo,
    lookAt(at: string | null, view: "table" | "focus") {
      looking = { at, view };
      tellPlace();
    },
    showPositions(positions: readonly number[]) {
      const names = positions.flatMap(
        (position) => circumstances.rooms[Math.floor(position / session.chunkSize)] ?? [],
      );
      const known = [...new Set(names)];
      const next = known.slice(0, MAX_SHOWN);
      if (next.length === 0 || next.join() === shown.join()) return;
      shown = next;
      arrange();
    },
  };

  /** The same array as long as it would say the same: what is drawn of peers stays as it is. */
  function peers(): PeerPresence[] {
    const own = new Set(open().flatMap((room) => room.ownClient() ?? []));
    const now = peersOf(
      open().flatMap((room) => room.awareness()),
      own,
    );
    if (!equalityDeep(now, present)) present = now;
    return present;
  }

  function readSave(): SaveState<Kept> {
    const list = open();
    const closedWithRefusals = !circumstances.open && kept.length > 0;
    const reason = refused ?? (closedWithRefusals ? "closed" : null);
    return saveStateOf({
      refused: reason && { kind: "refused", reason, kept: [...kept] },
      pending: unsent(),
      online: list.every((room) => room.isOnline()),
      synced: list.length > 0 && list.every((room) => room.isSynced()),
      savedAt,
    });
  }

  const picture = (): LiveSession => ({
    ...methods,
    peers: peers(),
    recentByPeers: new Map(recent),
    refusals,
    readOnly: readOnly(),
    canUndo: acts.canUndo(),
    canRedo: acts.canRedo(),
  });

  const onOnline = () => {
    for (const room of open()) room.reconnectNow();
  };
  // The sockets of a browser that is offline may seem open for another half minute.
  const onOffline = () => {
    for (const room of open()) room.goOffline();
  };

  return {
    start() {
      tab = openTab(locks);
      arrange();
      globalThis.addEventListener?.("online", onOnline);
      globalThis.addEventListener?.("offline", onOffline);
      changed();
    },
    stop() {
      globalThis.removeEventListener?.("online", onOnline);
      globalThis.removeEventListener?.("offline", onOffline);
      for (const room of open()) room.close();
      rooms.clear();
      tab?.leave();
      tab = null;
    },
    subscribe,
    snapshot,
    setCircumstances(now) {
      circumstances = { ...circumstances, ...now };
      changed();
    },
    unsent,
  };
}
