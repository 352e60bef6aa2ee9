import type { Side, Step, TextPlaces } from "./text-places";
import type { SpanBorders } from "./types";

/**
 * A span with one border moved by a character or a word. At least one character stays in it; by word, it ends with a
 * word rather than with the space before the next.
 */
export function stepBorder(
  places: TextPlaces,
  borders: SpanBorders,
  side: Side,
  by: Step,
  direction: 1 | -1,
): SpanBorders {
  const outward = (side === "end") === (direction === 1);
  const moved = { ...borders, [side]: places.step(borders[side], by, direction) };
  if (moved.start >= moved.end) return borders;
  if (outward || by === "character") return moved;
  return places.snap(moved.start, moved.end, "character") ?? borders;
}

/** A span with one border dragged to a place; by word, to the far end of the word there. */
export function dragBorder(
  places: TextPlaces,
  borders: SpanBorders,
  side: Side,
  place: number,
  by: Step,
): SpanBorders {
  const word = by === "word" ? places.wordAt(place) : null;
  const isInWord = word !== null && place > word.start && place < word.end;
  if (side === "start") {
    const goal = isInWord ? word.start : places.floor(place);
    return { start: Math.min(goal, places.step(borders.end, "character", -1)), end: borders.end };
  }
  const goal = isInWord ? word.end : places.ceil(place);
  return { start: borders.start, end: Math.max(goal, places.step(borders.start, "character", 1)) };
}
