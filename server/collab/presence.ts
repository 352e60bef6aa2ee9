import { z } from "zod";
import { type Presence, presence } from "@/contracts/live";
import { personColor } from "@/contracts/person-color";
import type { Connection } from "./connection";
import type { PresenceEntry } from "./wire";

/** A page has one Yjs client, and seldom another one after it. */
const MAX_CLIENTS = 8;
/** What was not renewed for so long is forgotten; clients renew their state every 15 seconds. */
const MAX_AGE_MS = 60_000;

type Holder = Connection | "elsewhere";
/** A state of null marks who has left, so that an echo of theirs does not bring them back. */
type Held = { holder: Holder; userId: string; clock: number; state: Presence | null; at: number };

export type LiveEntry = { clientId: number; clock: number; state: Presence | null };
export const liveEntry = z.object({
  clientId: z.number().int(),
  clock: z.number().int(),
  state: presence.nullable(),
});

/** Who is in a session and where they look, over all its rooms. */
export type SessionPresence = {
  /** Takes what a client says of itself; what it says of others is passed over. @returns what to tell everybody */
  accept(connection: Connection, entries: readonly PresenceEntry[]): LiveEntry[];
  /** Takes what another process relays. @returns what to tell everybody here */
  relay(entries: readonly LiveEntry[]): LiveEntry[];
  /** Forgets a connection that is gone. @returns what to tell everybody */
  leave(connection: Connection): LiveEntry[];
  /** Everybody, for who has just come. */
  everybody(): LiveEntry[];
  /** Those who are connected to this process, for another one. */
  here(): LiveEntry[];
  ownerOf(clientId: number): string | undefined;
};

const given = presence.pick({ at: true, view: true });

export function createSessionPresence(now: () => number = Date.now): SessionPresence {
  const held = new Map<number, Held>();
  const named = new WeakMap<Connection, number>();

  function prune(): void {
    for (const [clientId, { at, holder, state }] of held)
      if ((holder === "elsewhere" || state === null) && now() - at > MAX_AGE_MS) held.delete(clientId);
  }

  function put(holder: Holder, userId: string, { clientId, clock, state }: LiveEntry): LiveEntry[] {
    held.set(clientId, { holder, userId, clock, state, at: now() });
    return [{ clientId, clock, state }];
  }

  const present = (which: (holder: Holder) => boolean): LiveEntry[] =>
    [...held].flatMap(([clientId, { holder, clock, state }]) =>
      state !== null && which(holder) ? [{ clientId, clock, state }] : [],
    );

  /** Whether the connection speaks of a client of its own: of the first it named, or of its person's last one. */
  function isOwn(connection: Connection, { clientId, clock, state }: PresenceEntry): boolean {
    const before = held.get(clientId);
    if (before?.holder === connection) return clock > before.clock || state === null;
    if (state === null || (named.get(connection) ?? 0) >= MAX_CLIENTS) return false;
    if (before) return before.userId === connection.member.userId && clock > before.clock;
    return present((holder) => holder === connection).length === 0;
  }

  function take(connection: Connection, userId: string, entry: LiveEntry): LiveEntry[] {
    if (held.get(entry.clientId)?.holder !== connection)
      named.set(connection, (named.get(connection) ?? 0) + 1);
    return put(connection, userId, entry);
  }

  return {
    accept(connection, entries) {
      prune();
      const { userId, userName } = connection.member;
      return entries.flatMap((entry) => {
        if (!isOwn(connection, entry)) return [];
        const state = entry.state === null ? null : ownState(userId, userName, entry.state);
        return take(connection, userId, { ...entry, state });
      });
    },
    relay(entries) {
      prune();
      return entries.flatMap((entry) => {
        const before = held.get(entry.clientId);
        const userId = entry.state?.user?.id ?? before?.userId;
        // Two events of one process may come in the wrong order.
        if (userId === undefined || (before && entry.clock < before.clock)) return [];
        if (before && before.holder !== "elsewhere" && before.state !== null) return [];
        return put("elsewhere", userId, entry);
      });
    },
    leave(connection) {
      // Not a later clock than its own: then the client would not be seen when it comes back with the next one.
      return present((holder) => holder === connection).flatMap(({ clientId, clock }) =>
        put(connection, connection.member.userId, { clientId, clock, state: null }),
      );
    },
    everybody() {
      prune();
      return present(() => true);
    },
    here: () => present((holder) => holder !== "elsewhere"),
    ownerOf: (clientId) => held.get(clientId)?.userId,
  };
}

function ownState(id: string, name: string, state: unknown): Presence {
  const { at = null, view } = given.safeParse(state).data ?? {};
  return { user: { id, name, color: personColor(id) }, at, ...(view ? { view } : {}) };
}
