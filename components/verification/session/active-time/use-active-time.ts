"use client";

import { useCallback, useEffect, useRef } from "react";
import { type Attention, type AttentionEvent, attend, newAttention, spentOn } from "./attention";

/** What says that somebody is there. */
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"] as const;
/** Of many signs in one second one is enough. */
const PAUSE_MS = 1000;

/**
 * Measures how long one works on the item that has the focus, while the page is seen and somebody is at it.
 * @returns takes what was worked on an item since its last decision, in milliseconds
 */
export function useActiveTime(focusedId: string | null): (key: string) => number {
  const attention = useRef<Attention | null>(null);
  const note = useCallback((event: AttentionEvent) => {
    attention.current = attend(attention.current ?? newAttention(event.at), event);
  }, []);

  useEffect(() => note({ kind: "look", key: focusedId, at: performance.now() }), [note, focusedId]);
  useEffect(() => {
    let last = 0;
    const onSign = () => {
      const at = performance.now();
      if (at - last < PAUSE_MS) return;
      last = at;
      note({ kind: "input", at });
    };
    const onVisibility = () =>
      note({ kind: "visible", visible: document.visibilityState === "visible", at: performance.now() });
    onVisibility();
    document.addEventListener("visibilitychange", onVisibility);
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true, capture: true });
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      for (const sign of SIGNS) window.removeEventListener(sign, onSign, { capture: true });
    };
  }, [note]);

  return useCallback(
    (key) => {
      const at = performance.now();
      const spent = attention.current ? spentOn(attention.current, key, at) : 0;
      note({ kind: "taken", key, at });
      return spent;
    },
    [note],
  );
}
