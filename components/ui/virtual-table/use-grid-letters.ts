"use client";

import { useMemo } from "react";
import { useKeys } from "../keys/keys-context";
import type { GridLetters } from "./grid-keys";

/** The reader's letters for moving and choosing in every table. */
export function useGridLetters(): GridLetters {
  const { now } = useKeys();
  return useMemo(
    () => ({
      next: now.get("list.next") ?? "",
      above: now.get("list.above") ?? "",
      choose: now.get("list.choose") ?? "",
    }),
    [now],
  );
}
