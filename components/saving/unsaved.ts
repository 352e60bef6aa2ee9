import type { OutboxStorage } from "./outbox";

/** A setting that the server may not have yet: in the browser until it has, so that loading anew loses nothing. */
export type Unsaved<T> = {
  /** What an earlier page left behind. */
  left(): T | null;
  keep(value: T): void;
  /** Forgets `value`, which the server has or won't take; a newer one stays. */
  settle(value: T): void;
};

export type UnsavedOptions<T> = {
  /** Of whom, where and which: one name holds one value. */
  name: string;
  storage: OutboxStorage | null;
  /** Takes a value from what was stored, and throws for what is none. */
  read: (json: unknown) => T;
};

export function openUnsaved<T>({ name, storage, read }: UnsavedOptions<T>): Unsaved<T> {
  const key = `tandem.unsaved|${name}`;
  function keep(value: T): void {
    try {
      storage?.setItem(key, JSON.stringify(value));
    } catch {
      // Full: the setting is still sent, and an older one must not come back.
      storage?.removeItem(key);
    }
  }

  return {
    left() {
      const text = storage?.getItem(key) ?? null;
      if (text === null) return null;
      try {
        const value = read(JSON.parse(text));
        // As it is read, so that it is known again when the server has it.
        keep(value);
        return value;
      } catch {
        storage?.removeItem(key);
        return null;
      }
    },
    keep,
    settle(value) {
      if (storage?.getItem(key) === JSON.stringify(value)) storage.removeItem(key);
    },
  };
}
