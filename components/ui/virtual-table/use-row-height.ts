"use client";

import { useSyncExternalStore } from "react";

let known: MediaQueryList | undefined;
/** Asked once: each drawing of a table would ask. */
const narrow = (): MediaQueryList => {
  known ??= window.matchMedia("(width < 40rem)");
  return known;
};

/** Pixels of a row, as `--row` in globals.css: 32, and 44 where fingers work. */
export function useRowHeight(): number {
  return useSyncExternalStore(
    subscribe,
    () => (narrow().matches ? 44 : 32),
    () => 32,
  );
}

function subscribe(listener: () => void): () => void {
  narrow().addEventListener("change", listener);
  return () => narrow().removeEventListener("change", listener);
}
