"use client";

import type { ColumnPinningState, ColumnSizingState, Updater, VisibilityState } from "@tanstack/react-table";
import { useMemo, useSyncExternalStore } from "react";

type Stored = {
  visibility: VisibilityState;
  order: string[];
  sizing: ColumnSizingState;
  pinning: ColumnPinningState;
};

/** Which columns show, in which order, how wide and which are frozen; with the setters TanStack Table expects. */
export type ColumnState = Stored & {
  set: <Key extends keyof Stored>(key: Key, updater: Updater<Stored[Key]>) => void;
  reset: () => void;
};

const initial: Stored = { visibility: {}, order: [], sizing: {}, pinning: { left: [] } };
const listeners = new Set<() => void>();

/** Remembers a table's columns in this browser under a name ("records", "session"). */
export function useColumnState(name: string): ColumnState {
  const storageKey = `tandem-columns-${name}`;
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(storageKey),
    () => null,
  );
  return useMemo(() => {
    const stored = parse(text);
    return {
      ...stored,
      set: (key, updater) => {
        const current = parse(localStorage.getItem(storageKey));
        const value = typeof updater === "function" ? updater(current[key]) : updater;
        localStorage.setItem(storageKey, JSON.stringify({ ...current, [key]: value }));
        notify();
      },
      reset: () => {
        localStorage.removeItem(storageKey);
        notify();
      },
    };
  }, [text, storageKey]);
}

function parse(text: string | null): Stored {
  if (text === null) return initial;
  try {
    return { ...initial, ...(JSON.parse(text) as Partial<Stored>) };
  } catch {
    // Written by another version or by hand: the columns as they come are better than no table.
    return initial;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function notify(): void {
  for (const listener of listeners) listener();
}
