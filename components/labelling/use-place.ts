"use client";

import { useEffect, useEffectEvent, useState } from "react";

const settleMs = 250;

/**
 * The row that has the focus: the one the address names, else the first. The address follows once the reader
 * has stayed for a moment, since browsers limit how often it may change.
 * @returns the row, and what moves the focus; null: to the first row
 */
export function usePlace(
  initial: string | null,
  ids: readonly string[],
  remember: (id: string) => void,
): [string | null, (id: string | null) => void] {
  const [chosen, setChosen] = useState(initial);
  const place = chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null);
  const write = useEffectEvent(remember);
  useEffect(() => {
    if (chosen === null) return;
    const timer = setTimeout(() => write(chosen), settleMs);
    return () => clearTimeout(timer);
  }, [chosen]);
  return [place, setChosen];
}
