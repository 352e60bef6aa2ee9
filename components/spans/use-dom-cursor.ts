"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";
import type { Cursor } from "./cursor";
import { pointOfUnit, unitOfPoint } from "./dom-places";
import type { TextPlaces } from "./text-places";

export type DomCursor = {
  /** Null while the browser's selection is elsewhere. */
  cursor: Cursor | null;
  place(cursor: Cursor): void;
  /** What the browser has selected at this moment. */
  read(): Cursor | null;
  /** Moves by the lines that the browser has laid out. */
  moveByLine(move: { extend: boolean; forward: boolean; by: "line" | "lineboundary" }): void;
};

/**
 * The browser's own selection inside `root` as a cursor in code points, and back: drag, double-click and handles for
 * fingers are the browser's. When the text is cut anew (`pieces`), the selection is put back where it was.
 */
export function useDomCursor(
  root: RefObject<HTMLElement | null>,
  places: TextPlaces,
  pieces: unknown,
): DomCursor {
  const [cursor, setCursor] = useState<Cursor | null>(null);

  const read = useCallback(() => (root.current ? readSelection(root.current, places) : null), [root, places]);

  useEffect(() => {
    const note = () => {
      const now = read();
      setCursor((before) => (isSame(before, now) ? before : now));
    };
    document.addEventListener("selectionchange", note);
    return () => document.removeEventListener("selectionchange", note);
  }, [read]);

  const place = useCallback(
    (to: Cursor) => {
      if (root.current) select(root.current, places, to);
      setCursor((before) => (isSame(before, to) ? before : to));
    },
    [root, places],
  );

  useLayoutEffect(() => {
    const element = root.current;
    if (pieces === null || !cursor || !element || document.activeElement !== element) return;
    if (!isSame(readSelection(element, places), cursor)) select(element, places, cursor);
  }, [pieces, cursor, root, places]);

  const moveByLine: DomCursor["moveByLine"] = ({ extend, forward, by }) => {
    const selection = document.getSelection();
    if (!root.current || !selection) return;
    if (!read()) select(root.current, places, { anchor: 0, focus: 0 });
    selection.modify(extend ? "extend" : "move", forward ? "forward" : "backward", by);
    const now = read();
    if (now) place({ anchor: extend ? now.anchor : places.floor(now.focus), focus: places.floor(now.focus) });
  };

  return { cursor, place, read, moveByLine };
}

function readSelection(root: HTMLElement, places: TextPlaces): Cursor | null {
  const selection = document.getSelection();
  if (!selection?.anchorNode || !selection.focusNode) return null;
  const anchor = unitOfPoint(root, selection.anchorNode, selection.anchorOffset);
  if (anchor === null) return null;
  // Dragged out of the text: as far as the text goes.
  const focus =
    unitOfPoint(root, selection.focusNode, selection.focusOffset) ??
    (follows(root, selection.focusNode) ? places.text.length : 0);
  return { anchor: places.offsets.pointOf(anchor), focus: places.offsets.pointOf(focus) };
}

const follows = (root: Node, node: Node): boolean =>
  (root.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

function select(root: HTMLElement, { offsets }: TextPlaces, { anchor, focus }: Cursor): void {
  const from = pointOfUnit<Node>(root, offsets.toUtf16(anchor), anchor < focus);
  const to = pointOfUnit<Node>(root, offsets.toUtf16(focus), focus < anchor);
  document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
}

const isSame = (one: Cursor | null, other: Cursor | null): boolean =>
  one?.anchor === other?.anchor && one?.focus === other?.focus;
