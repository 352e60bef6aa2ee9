import { z } from "zod";
import { sessionTopic } from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import { type EventListener, publish } from "@/server/platform/events";
import type { Log } from "@/server/platform/log";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import type { Connection } from "./connection";
import { createSessionPresence, type LiveEntry, liveEntry } from "./presence";
import { createRoom, type Room } from "./room";
import { presenceMessage } from "./wire";

/** How long an empty room stays in memory, for who comes back at once. */
const LINGER_MS = 30_000;
/** Presence for other processes is sent in groups. */
const RELAY_PAUSE_MS = 100;
/** One event has room for so many entries, also of people whose names are as long as a name may be. */
const ENTRIES_PER_EVENT = 10;

/** How often rooms are read although nobody told of news: a process may die between its commit and the word of it. */
const SAFETY_MS = 15_000;

const presenceTopic = (sessionId: string): string => `presence.${sessionId}`;

/** One session in this process: its rooms, and who is in any of them. */
export type SessionHub = {
  enter(connection: Connection): Room;
  leave(connection: Connection): void;
  presence: ReturnType<typeof createSessionPresence>;
  /** Whom a new connection is told of. */
  whoIsHere(): LiveEntry[];
  /** Tells everybody, here and in other processes. */
  tell(entries: readonly LiveEntry[]): void;
  connections(): Connection[];
  finish(): Promise<void>;
};

type HubOptions = {
  db: Db;
  statements: PreparedStatements;
  log: Log;
  listener: EventListener;
  node: string;
  sessionId: string;
  /** In an independent session nobody is told of others. */
  independent: boolean;
  /** Nobody has been here for a while. */
  onEmpty(): void;
};

const sessionEvent = z.object({ room: z.string().optional(), node: z.string().optional() });
const presenceEvent = z.object({
  node: z.string(),
  /** A process that has just opened the session asks who is there. */
  hello: z.boolean().optional(),
  entries: z.array(liveEntry).default([]),
});

/** Opens one session on this process: its rooms, who is there, and what other processes tell of both. */
export async function openSessionHub(options: HubOptions): Promise<SessionHub> {
  const { db, statements, log, listener, node, sessionId, independent, onEmpty } = options;
  const rooms = new Map<string, Room>();
  const presence = createSessionPresence();
  let othersListen = false;
  let outgoing = new Map<number, LiveEntry>();
  let relaying: NodeJS.Timeout | undefined;
  let lingering: NodeJS.Timeout | undefined;

  const connections = () => [...rooms.values()].flatMap((room) => [...room.connections()]);

  function tellHere(entries: readonly LiveEntry[]): void {
    if (entries.length === 0 || independent) return;
    const message = presenceMessage(entries);
    for (const connection of connections()) connection.send(message);
  }

  function relay(entries: readonly LiveEntry[]): void {
    if (!othersListen || independent) return;
    for (const entry of entries) outgoing.set(entry.clientId, entry);
    relaying ??= setTimeout(flush, RELAY_PAUSE_MS);
  }

  function flush(): void {
    const entries = [...outgoing.values()];
    outgoing = new Map();
    relaying = undefined;
    for (let at = 0; at < entries.length; at += ENTRIES_PER_EVENT)
      announce({ node, entries: entries.slice(at, at + ENTRIES_PER_EVENT) });
  }

  function announce(event: z.input<typeof presenceEvent>): void {
    publish(db, presenceTopic(sessionId), event).catch((error) =>
      log.warn({ err: error }, "presence could not be told to other processes"),
    );
  }

  function onPresence(payload: unknown): void {
    const { data } = presenceEvent.safeParse(payload);
    if (!data || data.node === node) return;
    const isFirst = !othersListen;
    othersListen = true;
    if (data.hello) announce({ node });
    // What was said here before the other process was known of went nowhere.
    if (data.hello || isFirst) relay(presence.here());
    tellHere(presence.relay(data.entries));
  }

  function onSession(payload: unknown): void {
    const { data } = sessionEvent.safeParse(payload);
    if (data?.room && data.node !== node) rooms.get(data.room)?.noteGrowth();
  }

  const hello = () => announce({ node, hello: true });
  const readRooms = () => rooms.forEach((room) => void room.noteGrowth());
  const ends = await Promise.all([
    listener.subscribe(sessionTopic(sessionId), {
      onEvent: onSession,
      onGap: readRooms,
    }),
    listener.subscribe(presenceTopic(sessionId), { onEvent: onPresence, onGap: hello }),
  ]);
  hello();
  const safety = setInterval(readRooms, SAFETY_MS);
  safety.unref();
  // Whoever it was opened for may be gone again before they have come in.
  linger();

  function linger(): void {
    clearTimeout(lingering);
    lingering = setTimeout(onEmpty, LINGER_MS);
    lingering.unref();
  }

  async function finish(): Promise<void> {
    clearTimeout(lingering);
    clearTimeout(relaying);
    clearInterval(safety);
    for (const end of ends) end();
    await Promise.all([...rooms.values()].map((room) => room.finish()));
  }

  function roomOf({ room: ref }: Connection): Room {
    const known = rooms.get(ref.name);
    if (known) return known;
    const room = createRoom({
      db,
      statements,
      log,
      room: ref,
      node,
      presentOwner: presence.ownerOf,
      onFailed: () => void (rooms.get(ref.name) === room && rooms.delete(ref.name)),
    });
    rooms.set(ref.name, room);
    return room;
  }

  return {
    presence,
    whoIsHere: () => (independent ? [] : presence.everybody()),
    enter(connection) {
      clearTimeout(lingering);
      const room = roomOf(connection);
      room.join(connection);
      return room;
    },
    leave(connection) {
      for (const room of rooms.values()) room.leave(connection);
      const gone = presence.leave(connection);
      tellHere(gone);
      relay(gone);
      if (connections().length === 0) linger();
    },
    tell(entries) {
      tellHere(entries);
      relay(entries);
    },
    connections,
    finish,
  };
}
