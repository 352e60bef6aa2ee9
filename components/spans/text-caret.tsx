"use client";

import { useEffect, useRef } from "react";
import { isCollapsed } from "./cursor";
import type { SpanEditing } from "./use-span-editing";
import { useTextRects } from "./use-text-rects";

/** The text cursor, drawn: browsers draw none in text that can't be typed into. Keeps it in sight. */
export function TextCaret({ editing }: { editing: SpanEditing }) {
  const { root, places, pieces, dom } = editing;
  const { cursor } = dom;
  const [rect] = useTextRects(root, places, cursor ? [{ at: cursor.focus, ahead: true }] : [], pieces);
  const caret = useRef<HTMLSpanElement>(null);
  const top = rect?.top;
  useEffect(() => {
    if (top !== undefined) caret.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [top]);
  if (!cursor || !rect) return null;
  return (
    <span
      ref={caret}
      aria-hidden
      data-caret={cursor.focus}
      className={
        isCollapsed(cursor)
          ? "pointer-events-none absolute w-0.5 scroll-my-16 bg-focus"
          : "absolute w-0 scroll-my-16"
      }
      style={{ left: rect.left - 1, top: rect.top, height: rect.height }}
    />
  );
}
