"use client";

import { useEffect, useRef } from "react";
import { commandOf } from "./span-keys";
import type { SpanEditing } from "./use-span-editing";

/**
 * The text's keys, bound to its own element rather than by React, so that a key that it takes never reaches the page's
 * hotkeys, whatever they are bound to.
 */
export function useTextKeys(editing: SpanEditing): void {
  const current = useRef(editing);
  useEffect(() => {
    current.current = editing;
  });
  const { root } = editing;
  useEffect(() => {
    const element = root.current;
    const answer = (event: KeyboardEvent) => {
      if (event.target !== element || event.isComposing) return;
      const { circumstances, run } = current.current;
      const command = commandOf(event, circumstances());
      if (!command || !run(command)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    element?.addEventListener("keydown", answer);
    return () => element?.removeEventListener("keydown", answer);
  }, [root]);
}
