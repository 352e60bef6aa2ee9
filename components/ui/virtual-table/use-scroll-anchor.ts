"use client";

import { type RefObject, useEffectEvent, useLayoutEffect, useRef } from "react";

type ScrollAnchorInput = {
  scroller: RefObject<HTMLElement | null>;
  ids: readonly string[];
  /** Rows drawn above the first of `ids`. */
  lead: number;
  rowHeight: number;
  /** Another query or order: the list starts from its top. */
  listKey: string;
};

/**
 * Keeps the topmost visible row where it is when rows appear or vanish above it, so that nothing moves
 * under the pointer. Returns what to call on each scroll.
 */
export function useScrollAnchor({ scroller, ids, lead, rowHeight, listKey }: ScrollAnchorInput): () => void {
  const anchor = useRef<{ id: string; offset: number; listKey: string } | null>(null);

  function remember() {
    const element = scroller.current;
    if (!element) return;
    const index = Math.max(0, Math.floor(element.scrollTop / rowHeight) - lead);
    const id = ids[index];
    anchor.current =
      id === undefined ? null : { id, offset: element.scrollTop - (lead + index) * rowHeight, listKey };
  }

  const keepPlace = useEffectEvent(
    (list: { ids: readonly string[]; lead: number; rowHeight: number; listKey: string }) => {
      const element = scroller.current;
      const held = anchor.current;
      if (element && held) {
        const index = held.listKey === list.listKey ? list.ids.indexOf(held.id) : -1;
        if (held.listKey !== list.listKey) element.scrollTop = 0;
        else if (index >= 0) element.scrollTop = (list.lead + index) * list.rowHeight + held.offset;
      }
      remember();
    },
  );
  useLayoutEffect(() => keepPlace({ ids, lead, rowHeight, listKey }), [ids, lead, rowHeight, listKey]);

  return remember;
}
