"use client";

import { type MouseEvent, type PointerEvent, useEffect, useRef } from "react";
import { isCollapsed, stretchOf } from "./cursor";
import { spanToPick } from "./pieces";
import type { SpanEditing } from "./use-span-editing";

/** A drag shorter than this is a click by an unsteady hand, CSS pixels. */
const LEAST_DRAG = 3;

/**
 * What the pointer does in the text: a drag and a double-click mark, with Alt part of a word; a click selects the
 * span there. A finger selects first, with the handles of its browser, and marks by the button below the text.
 */
export function useTextPointer(editing: SpanEditing) {
  const down = useRef<{ x: number; y: number } | null>(null);
  const current = useRef(editing);
  useEffect(() => {
    current.current = editing;
  });

  useEffect(() => {
    const up = (event: globalThis.PointerEvent) => {
      const from = down.current;
      down.current = null;
      if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) < LEAST_DRAG) return;
      // After the browser has settled what is selected.
      setTimeout(() => markSelected(current.current, event.altKey));
    };
    window.addEventListener("pointerup", up);
    return () => window.removeEventListener("pointerup", up);
  }, []);

  return {
    onPointerDown(event: PointerEvent) {
      down.current =
        event.pointerType === "touch" || event.button !== 0 ? null : { x: event.clientX, y: event.clientY };
    },
    onDoubleClick(event: MouseEvent) {
      const cursor = editing.dom.read();
      if (!cursor || isCollapsed(cursor)) return;
      const { start, end } = stretchOf(cursor);
      const isMarked = editing.spans.some(
        (span) =>
          span.label === editing.brush.brush.label &&
          span.value.length > 0 &&
          span.start <= start &&
          end <= span.end,
      );
      if (!isMarked) markSelected(editing, event.altKey);
    },
    onClick(event: MouseEvent) {
      const cursor = editing.dom.read();
      if ((cursor && !isCollapsed(cursor)) || event.detail > 1) return;
      const target = event.target instanceof Element ? event.target : null;
      const at = Number(target?.closest("[data-at]")?.getAttribute("data-at") ?? Number.NaN);
      const over = editing.pieces.find((piece) => piece.at === at)?.over ?? [];
      const found = spanToPick(
        over.map(({ span }) => span),
        editing.selected?.id ?? null,
      );
      editing.select(found?.id ?? null);
    },
  };
}

function markSelected({ dom, mark, brush }: SpanEditing, freely: boolean): void {
  const cursor = dom.read();
  if (cursor && !isCollapsed(cursor))
    mark(stretchOf(cursor), brush.wordSnapping && !freely ? "word" : "character");
}
