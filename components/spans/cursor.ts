import type { Step, TextPlaces } from "./text-places";
import type { SpanBorders } from "./types";

/** A text cursor, code points: what is between `anchor` and `focus` is selected; the arrows move `focus`. */
export type Cursor = { anchor: number; focus: number };

/** `left` and `right` as they are on screen; `start` and `end` of the text. */
export type CursorMove = { to: "left" | "right" | "start" | "end"; by: Step; extend: boolean };

export const isCollapsed = ({ anchor, focus }: Cursor): boolean => anchor === focus;

export const stretchOf = ({ anchor, focus }: Cursor): SpanBorders => ({
  start: Math.min(anchor, focus),
  end: Math.max(anchor, focus),
});

/** The cursor after an arrow: as in every text field, an arrow without Shift leaves a selection at its end. */
export function moveCursor(places: TextPlaces, cursor: Cursor, { to, by, extend }: CursorMove): Cursor {
  const focus = goal();
  return { anchor: extend ? cursor.anchor : focus, focus };

  function goal(): number {
    if (to === "start") return 0;
    if (to === "end") return places.length;
    const forward = (to === "right") !== places.isRightToLeft(cursor.focus);
    const { start, end } = stretchOf(cursor);
    if (!extend && by === "character" && start < end) return forward ? end : start;
    return places.step(cursor.focus, by, forward ? 1 : -1);
  }
}
