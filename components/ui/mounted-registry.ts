"use client";

import { useEffect, useSyncExternalStore } from "react";

/** What `createMountedRegistry` gives: a hook to add entries and a hook to read all. */
export type MountedRegistry<Entry> = {
  /** Adds the entries while the calling component is mounted. Pass a stable array: a new one is a new registration. */
  useEntries: (entries: readonly Entry[]) => void;
  /** All entries, in the order in which they were added. */
  useAll: () => readonly Entry[];
};

/** A list to which components add while they are mounted and which others read; one per page of the browser. */
export function createMountedRegistry<Entry>(): MountedRegistry<Entry> {
  const none: readonly Entry[] = [];
  const owners = new Map<symbol, readonly Entry[]>();
  const listeners = new Set<() => void>();
  let all = none;

  function publish() {
    all = [...owners.values()].flat();
    for (const listener of listeners) listener();
  }

  function register(entries: readonly Entry[]) {
    const owner = Symbol();
    owners.set(owner, entries);
    publish();
    return () => {
      owners.delete(owner);
      publish();
    };
  }

  function subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  return {
    useEntries: (entries) => useEffect(() => register(entries), [entries]),
    useAll: () =>
      useSyncExternalStore(
        subscribe,
        () => all,
        () => none,
      ),
  };
}
