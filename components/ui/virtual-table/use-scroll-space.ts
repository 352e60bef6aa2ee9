"use client";

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import {
  lastTop,
  mustRecentre,
  placeAfter,
  type ScrollPlace,
  scrollOf,
  scrollSpace,
  topShowing,
} from "./scroll-space";

type UseScrollSpaceInput = {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  rowHeight: number;
  /** Pixels at the top of the scroller that rows never show through. */
  headerHeight: number;
  /** Another query or order: the list starts from its top. */
  listKey: string;
};

/** Rows in sight, and by how much a row's place in the element differs from its place in the list. */
type Sight = { first: number; last: number; offset: number };

/** Milliseconds without scrolling after which the thumb of a squeezed list is put right. */
const PAUSE = 150;

/** The scrolling of a list of fixed rows, however long: see {@link scrollSpace}. */
export function useScrollSpace({ scroller, count, rowHeight, headerHeight, listKey }: UseScrollSpaceInput) {
  const [view, setView] = useState(0);
  const space = scrollSpace(count, rowHeight, view);
  const place = useRef<ScrollPlace>({ top: 0, scrollTop: 0 });
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [sight, setSight] = useState<Sight>({ first: 0, last: 0, offset: 0 });

  function look() {
    const { top, scrollTop } = place.current;
    const first = Math.floor(top / rowHeight);
    const last = Math.min(count, Math.ceil((top + view) / rowHeight)) - 1;
    const offset = top - scrollTop;
    setSight((now) =>
      now.first === first && now.last === last && now.offset === offset ? now : { first, last, offset },
    );
  }

  /** Puts the scrollbar where the rows are. */
  function recentre() {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = scrollOf(space, place.current.top);
    place.current = { ...place.current, scrollTop: element.scrollTop };
  }

  function onScroll() {
    const element = scroller.current;
    if (!element || element.scrollTop === place.current.scrollTop) return;
    place.current = placeAfter(space, place.current, element.scrollTop);
    clearTimeout(pause.current);
    if (mustRecentre(space, place.current)) recentre();
    else if (space.height < space.rows) pause.current = setTimeout(settle, PAUSE);
    look();
  }

  const settle = useEffectEvent(() => {
    recentre();
    look();
  });
  useEffect(() => () => clearTimeout(pause.current), []);

  function goTo(top: number) {
    place.current = { ...place.current, top: Math.min(lastTop(space), Math.max(0, top)) };
    recentre();
    look();
  }
  const showRow = (index: number) => {
    const top = topShowing(space, place.current.top, index, rowHeight);
    if (top !== place.current.top) goTo(top);
  };

  const measure = useEffectEvent(() =>
    setView(Math.max(0, (scroller.current?.clientHeight ?? 0) - headerHeight)),
  );
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => measure());
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [scroller]);

  // A list that grew or shrank keeps its rows in place; another list, or other heights of rows, begins anew.
  const refit = useEffectEvent((_count: number, _view: number) => goTo(place.current.top));
  useLayoutEffect(() => refit(count, view), [count, view]);
  const restart = useEffectEvent((_listKey: string, _rowHeight: number) => goTo(0));
  useLayoutEffect(() => restart(listKey, rowHeight), [listKey, rowHeight]);

  return { ...sight, height: space.height, view, onScroll, showRow };
}
