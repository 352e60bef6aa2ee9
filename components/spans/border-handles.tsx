"use client";

import { type PointerEvent, useRef } from "react";
import { dragBorder } from "./borders";
import { unitOfPoint } from "./dom-places";
import type { Side } from "./text-places";
import type { SpanBorders, SpanView } from "./types";
import type { SpanEditing } from "./use-span-editing";
import { useTextRects } from "./use-text-rects";

type BorderHandlesProps = { editing: SpanEditing; span: SpanView; borders: SpanBorders };

/** Handles at both ends of the selected span, for mouse and finger; keys and the list do the same. */
export function BorderHandles({ editing, span, borders }: BorderHandlesProps) {
  const { root, places, pieces } = editing;
  const asked = [
    { at: borders.start, ahead: true },
    { at: borders.end, ahead: false },
  ];
  const rects = useTextRects(root, places, asked, pieces);
  return (["start", "end"] as const).map((side, at) => {
    const rect = rects[at];
    return rect ? <Handle key={side} side={side} rect={rect} editing={editing} span={span} /> : null;
  });
}

type HandleProps = {
  side: Side;
  rect: { left: number; top: number; height: number };
  editing: SpanEditing;
  span: SpanView;
};

function Handle({ side, rect, editing, span }: HandleProps) {
  const { root, places, brush, drag, setBorders } = editing;
  const dragged = useRef<SpanBorders | null>(null);

  function follow(event: PointerEvent) {
    if (!dragged.current || !root.current) return;
    const place = placeAt(root.current, editing, event);
    if (place === null) return;
    const by = brush.wordSnapping && !event.altKey ? "word" : "character";
    dragged.current = dragBorder(places, span, side, place, by);
    drag(dragged.current);
  }

  function end(keep: boolean) {
    if (keep && dragged.current) setBorders(span, dragged.current);
    dragged.current = null;
    drag(null);
  }

  return (
    <span
      aria-hidden
      data-handle={side}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = { start: span.start, end: span.end };
      }}
      onPointerMove={follow}
      onPointerUp={() => end(true)}
      onPointerCancel={() => end(false)}
      className="absolute w-0.5 cursor-ew-resize touch-none bg-focus after:absolute after:-inset-x-1.5 after:inset-y-0 max-sm:after:-inset-x-5 before:absolute before:-bottom-1.5 before:-left-[3px] before:size-2 before:rounded-full before:bg-focus"
      style={{ left: rect.left - 1, top: rect.top, height: rect.height }}
    />
  );
}

/** The place of the text under a pointer; handles under it are looked through. */
function placeAt(root: HTMLElement, { places }: SpanEditing, at: { clientX: number; clientY: number }) {
  const handles = root.parentElement?.querySelectorAll<HTMLElement>("[data-handle]") ?? [];
  for (const handle of handles) handle.style.pointerEvents = "none";
  const point = pointAt(at.clientX, at.clientY);
  for (const handle of handles) handle.style.pointerEvents = "";
  const unit = point && unitOfPoint(root, point.node, point.offset);
  return unit === null ? null : places.offsets.pointOf(unit);
}

/** Both names of one thing: browsers have one or the other. */
function pointAt(x: number, y: number): { node: Node; offset: number } | null {
  if ("caretPositionFromPoint" in document) {
    const position = document.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  const range = (document as Document).caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
