"use client";

import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that stays the same and always does what the last render's does: for rows that are drawn only when they change. */
export function useSteady<Arguments extends unknown[]>(
  run: (...args: Arguments) => void,
): (...args: Arguments) => void {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: Arguments) => latest.current(...args), []);
}
