"use client";

import { useCallback, useLayoutEffect, useRef } from "react";

/**
 * A function that stays the same from render to render and always does what the last render's does: for what is
 * expensive to make again, such as drawn rows or registered commands.
 */
export function useSteady<Arguments extends unknown[], Result>(
  run: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: Arguments) => latest.current(...args), []);
}
