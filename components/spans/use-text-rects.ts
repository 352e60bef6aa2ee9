"use client";

import { type RefObject, useLayoutEffect, useState } from "react";
import { pointOfUnit } from "./dom-places";
import type { TextPlaces } from "./text-places";

/** Where a place of the text is drawn, in pixels from the text's own corner. */
export type PlaceRect = { left: number; top: number; height: number };

/** A place to be found; `ahead`: before the character that follows it rather than after the one that ends there. */
export type AskedPlace = { at: number; ahead: boolean };

/** Where places are drawn, kept right when the text is laid out anew. Null while a place can't be found. */
export function useTextRects(
  root: RefObject<HTMLElement | null>,
  places: TextPlaces,
  asked: readonly AskedPlace[],
  pieces: unknown,
): readonly (PlaceRect | null)[] {
  const [rects, setRects] = useState<readonly (PlaceRect | null)[]>([]);
  const key = JSON.stringify(asked);
  useLayoutEffect(() => {
    const element = root.current;
    const wanted: AskedPlace[] = JSON.parse(key);
    if (!element || pieces === null || wanted.length === 0) return setRects([]);
    const measure = () => setRects(wanted.map((one) => rectOf(element, places, one)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [root, places, key, pieces]);
  return rects;
}

function rectOf(root: HTMLElement, places: TextPlaces, { at, ahead }: AskedPlace): PlaceRect | null {
  const { node, offset } = pointOfUnit<Node>(root, places.offsets.toUtf16(at), ahead);
  const range = document.createRange();
  range.setStart(node, offset);
  const found = ahead ? [...range.getClientRects()].at(-1) : range.getClientRects()[0];
  if (!found) return null;
  const corner = root.getBoundingClientRect();
  return { left: found.left - corner.left, top: found.top - corner.top, height: found.height };
}
