"use client";

import { useSyncExternalStore } from "react";

const narrow = "(width < 40rem)";

/** Pixels of a row, as `--row` in globals.css: 32, and 44 where fingers work. */
export function useRowHeight(): number {
  return useSyncExternalStore(
    subscribe,
    () => (window.matchMedia(narrow).matches ? 44 : 32),
    () => 32,
  );
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(narrow);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
