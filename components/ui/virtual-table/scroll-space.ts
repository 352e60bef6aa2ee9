/**
 * Browsers draw no element higher than some 17 (Firefox) to 33 (Chromium) million pixels: a million rows would
 * not fit. A list beyond this height is squeezed: the scrollbar still runs over the whole of it, while small
 * steps (wheel, fingers) move the rows pixel by pixel.
 */
const MAX_HEIGHT = 8_000_000;

/** Steps of up to so many windows are the wheel or fingers, larger ones the scrollbar. */
const STEP_WINDOWS = 3;
/** The thumb may stand so many windows beside its place until the reader pauses. */
const DRIFT_WINDOWS = 40;
const END_PIXELS = 32;

export type ScrollSpace = {
  /** Pixels that all rows would take. */
  rows: number;
  /** Pixels of the element that scrolls. */
  height: number;
  /** Pixels of it in sight. */
  view: number;
};

/** Where the reader is: the pixel of all rows at the top of the window, and the scroller's own position. */
export type ScrollPlace = { top: number; scrollTop: number };

export function scrollSpace(count: number, rowHeight: number, view: number): ScrollSpace {
  const rows = count * rowHeight;
  return { rows, height: Math.min(rows, Math.max(MAX_HEIGHT, view)), view };
}

const within = (value: number, most: number) => Math.min(Math.max(0, most), Math.max(0, value));

/** The last pixel of all rows that can stand at the top. */
export const lastTop = ({ rows, view }: ScrollSpace): number => Math.max(0, rows - view);
const lastScroll = ({ height, view }: ScrollSpace): number => Math.max(0, height - view);

/** Where the scrollbar stands for a pixel of all rows. */
export function scrollOf(space: ScrollSpace, top: number): number {
  const most = lastTop(space);
  return most === 0 ? 0 : within((top * lastScroll(space)) / most, lastScroll(space));
}

/** The place after the scroller has moved to `scrollTop`. */
export function placeAfter(space: ScrollSpace, place: ScrollPlace, scrollTop: number): ScrollPlace {
  if (space.height === space.rows) return { top: within(scrollTop, lastTop(space)), scrollTop };
  const step = scrollTop - place.scrollTop;
  if (Math.abs(step) <= STEP_WINDOWS * space.view) {
    const top = within(place.top + step, lastTop(space));
    // A pixel of the squeezed bar is several of the rows: without this its end would not quite be theirs.
    if (scrollTop <= 0 && top < END_PIXELS) return { top: 0, scrollTop };
    if (scrollTop >= lastScroll(space) && lastTop(space) - top < END_PIXELS)
      return { top: lastTop(space), scrollTop };
    return { top, scrollTop };
  }
  return { top: Math.round((scrollTop * lastTop(space)) / lastScroll(space)), scrollTop };
}

/**
 * Whether the thumb must be put right at once rather than in the next pause: it has drifted far, or comes to an
 * end of the bar before the rows come to theirs.
 */
export function mustRecentre(space: ScrollSpace, { top, scrollTop }: ScrollPlace): boolean {
  if (space.height === space.rows) return false;
  const drift = Math.abs(scrollTop - scrollOf(space, top));
  if (drift > DRIFT_WINDOWS * space.view) return true;
  const nearEnd =
    scrollTop < STEP_WINDOWS * space.view || scrollTop > lastScroll(space) - STEP_WINDOWS * space.view;
  return nearEnd && drift > 1;
}

/** The top that shows a row: unchanged when it is in sight. */
export function topShowing(space: ScrollSpace, top: number, index: number, rowHeight: number): number {
  const start = index * rowHeight;
  if (start < top) return start;
  if (start + rowHeight > top + space.view) return within(start + rowHeight - space.view, lastTop(space));
  return top;
}
