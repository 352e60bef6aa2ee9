"use client";

import { useEffect, useEffectEvent } from "react";

type UseExactCountInput = {
  /** What is counted; another key ends a count that is under way. */
  key: string;
  /** Whether it is still to be counted. */
  wanted: boolean;
  count: (signal: AbortSignal) => Promise<number>;
  /** With null when it could not be counted. */
  onEnd: (total: number | null) => void;
};

/** Milliseconds that let the pages go first, which would wait for the count in one request. */
const BEHIND = 30;

/** Counts the whole of a search behind its first page, where the search itself only told a bound. */
export function useExactCount({ key, wanted, count, onEnd }: UseExactCountInput): void {
  const run = useEffectEvent(async (signal: AbortSignal, _key: string) => {
    try {
      const total = await count(signal);
      if (!signal.aborted) onEnd(total);
    } catch {
      // The bound stays what is shown.
      if (!signal.aborted) onEnd(null);
    }
  });
  useEffect(() => {
    if (!wanted) return;
    const controller = new AbortController();
    const later = setTimeout(() => void run(controller.signal, key), BEHIND);
    return () => {
      clearTimeout(later);
      controller.abort();
    };
  }, [wanted, key]);
}
