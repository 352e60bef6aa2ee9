import { z } from "zod";
import { decision, spanMark } from "@/contracts/live";

/** A decision, or a span of one's own, that the server has not yet said to be durable. */
const kept = z.object({
  decision: z.union([decision, spanMark]),
  /** What stood when its author first decided since the last durable word; null: nothing. */
  seen: z.object({ by: z.string(), at: z.string() }).nullable(),
  /** The tab that decided it. */
  tab: z.string(),
});
export type OutboxEntry = z.infer<typeof kept>;

/** Whatever was decided at a time, and the tab that decided it. */
type AnyEntry = { decision: { at: string }; tab: string };

/** Where entries outlive the page. `localStorage` of a browser, or a double of it. */
export type OutboxStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "tandem.outbox";

/** Own unacknowledged decisions of one person in one room: nothing of anybody else's is ever kept here. */
export type OutboxOf<Entry extends AnyEntry> = {
  /** Of this page: made here, or taken over from a tab that is gone. */
  entries(): ReadonlyMap<string, Entry>;
  put(key: string, entry: Omit<Entry, "tab">): void;
  /** Forgets the entry unless a newer decision has taken its place. */
  remove(key: string, at: string): void;
  /** Takes over what tabs left behind that are no longer there. */
  adopt(isAlive: (tab: string) => boolean): void;
};
export type Outbox = OutboxOf<OutboxEntry>;

type OutboxOptions = { userId: string; room: string; tab: string; storage: OutboxStorage | null };

/** The outbox of a live room. */
export const openOutbox = (options: OutboxOptions): Outbox =>
  openOutboxOf({ ...options, read: (json) => kept.parse(json), tabbed: (entry, tab) => ({ ...entry, tab }) });

type ShapedOptions<Entry extends AnyEntry> = OutboxOptions & {
  /** An entry of what was stored; throws for what is none. */
  read(json: unknown): Entry;
  tabbed(entry: Omit<Entry, "tab">, tab: string): Entry;
};

/** An outbox whose entries are of another kind than a live room's. */
export function openOutboxOf<Entry extends AnyEntry>(options: ShapedOptions<Entry>): OutboxOf<Entry> {
  const { userId, room, tab, storage, read, tabbed } = options;
  const entries = new Map<string, Entry>();
  const nameOf = (key: string) => [PREFIX, userId, room, key].join("|");
  return {
    entries: () => entries,
    put(key, entry) {
      const full = tabbed(entry, tab);
      entries.set(key, full);
      store(storage, nameOf(key), full);
    },
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
        else if (entry.tab !== tab && !entries.has(key) && !isAlive(entry.tab)) {
          const own = tabbed(entry, tab);
          entries.set(key, own);
          store(storage, name, own);
        }
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
function store(storage: OutboxStorage | null, name: string, entry: AnyEntry): void {
  try {
    storage?.setItem(name, JSON.stringify(entry));
  } catch {
    storage?.removeItem(name);
  }
}

function readStored<Entry>(
  storage: OutboxStorage,
  name: string,
  read: (json: unknown) => Entry,
): Entry | null {
  const text = storage.getItem(name);
  if (text === null) return null;
  try {
    return read(JSON.parse(text));
  } catch {
    return null;
  }
}
