"use client";

import { useEffect, useEffectEvent, useState } from "react";

const settleMs = 250;

/**
 * The row that has the focus: the one the address names, else the first. The address follows once the reader
 * has stayed for a moment, since browsers limit how often it may change.
 */
export function usePlace(
  initial: string | null,
  rows: readonly { annotationId: string }[],
  remember: (annotationId: string) => void,
): [string | null, (annotationId: string) => void] {
  const [chosen, setChosen] = useState(initial);
  const present = rows.some((row) => row.annotationId === chosen);
  const place = present ? chosen : (rows[0]?.annotationId ?? null);
  const write = useEffectEvent(remember);
  useEffect(() => {
    if (chosen === null) return;
    const timer = setTimeout(() => write(chosen), settleMs);
    return () => clearTimeout(timer);
  }, [chosen]);
  return [place, setChosen];
}
