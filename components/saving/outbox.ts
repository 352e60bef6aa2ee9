import { z } from "zod";

/** What a person did at some time, and what must be known to send it. */
type Act = { decision: { at: string } };
/** As it waits here; `tab` is the tab that it was done in. */
export type Unsent<A extends Act> = A & { tab: string };

/** Where entries outlive the page. `localStorage` of a browser, or a double of it. */
export type OutboxStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "tandem.outbox";

/**
 * What one person did in one room and the server has not yet said to be durable. Nothing of anybody else's is ever kept
 * here.
 */
export type Outbox<A extends Act> = {
  /** Of this page: done here, or taken over from a tab that is gone. */
  entries(): ReadonlyMap<string, Unsent<A>>;
  put(key: string, act: A): void;
  /** Forgets the entry unless a newer act has taken its place. */
  remove(key: string, at: string): void;
  /** Takes over what tabs left behind that are no longer there. */
  adopt(isAlive: (tab: string) => boolean): void;
};

export type OutboxOptions = { userId: string; room: string; tab: string; storage: OutboxStorage | null };

/** @param options `read` takes an act from what was stored, and throws for what is none */
export function openOutbox<A extends Act>(
  options: OutboxOptions & { read: (json: unknown) => A },
): Outbox<A> {
  const { userId, room, tab, storage, read } = options;
  const entries = new Map<string, Unsent<A>>();
  const nameOf = (key: string) => [PREFIX, userId, room, key].join("|");

  function keep(key: string, act: A): void {
    const entry = { ...act, tab };
    entries.set(key, entry);
    store(storage, nameOf(key), entry);
  }

  return {
    entries: () => entries,
    put: keep,
    remove(key, at) {
      if (entries.get(key)?.decision.at === at) entries.delete(key);
      const stored = storage && readStored(storage, nameOf(key), read);
      if (stored?.decision.at === at) storage?.removeItem(nameOf(key));
    },
    adopt(isAlive) {
      if (!storage) return;
      for (const { name, key } of namesOf(storage, userId, room)) {
        const entry = readStored(storage, name, read);
        if (!entry) storage.removeItem(name);
        else if (entry.tab !== tab && !entries.has(key) && !isAlive(entry.tab)) keep(key, entry);
      }
    },
  };
}

/** Rooms in which a person has decisions that were not sent. */
export function roomsWithOutbox(storage: OutboxStorage | null, userId: string): string[] {
  return [...new Set(storage ? namesOf(storage, userId).map(({ room }) => room) : [])];
}

/** How many decisions of a person are in this browser alone. Ask before signing out. */
export function countUnsent(storage: OutboxStorage | null, userId: string): number {
  return storage ? namesOf(storage, userId).length : 0;
}

/** Erases a person's unsent decisions from this browser: they have signed out. */
export function eraseUnsent(storage: OutboxStorage | null, userId: string): void {
  if (storage) for (const { name } of namesOf(storage, userId)) storage.removeItem(name);
}

function namesOf(storage: OutboxStorage, userId: string, onlyRoom?: string) {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  return names.flatMap((name) => {
    const [prefix, user, room, key] = name?.split("|") ?? [];
    if (!name || prefix !== PREFIX || user !== userId || room === undefined || key === undefined) return [];
    return onlyRoom === undefined || room === onlyRoom ? [{ name, room, key }] : [];
  });
}

/** A full or forbidden storage must not stop the work: the entry then lives as long as the page. */
function store(storage: OutboxStorage | null, name: string, entry: Unsent<Act>): void {
  try {
    storage?.setItem(name, JSON.stringify(entry));
  } catch {
    storage?.removeItem(name);
  }
}

const ofTab = z.object({ tab: z.string() });

function readStored<A extends Act>(
  storage: OutboxStorage,
  name: string,
  read: (json: unknown) => A,
): Unsent<A> | null {
  const text = storage.getItem(name);
  if (text === null) return null;
  try {
    const json: unknown = JSON.parse(text);
    return { ...read(json), tab: ofTab.parse(json).tab };
  } catch {
    return null;
  }
}
