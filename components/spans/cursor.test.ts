import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CursorMove, moveCursor } from "./cursor";
import { anyText } from "./testing/any-text";
import { TextPlaces } from "./text-places";

const at = (place: number) => ({ anchor: place, focus: place });
const by = (to: CursorMove["to"], step: CursorMove["by"] = "character", extend = false): CursorMove => ({
  to,
  by: step,
  extend,
});

describe("the cursor", () => {
  const places = new TextPlaces("Acme 👩‍👩‍👧 Corp");

  it("passes a joined emoji at once", () => {
    expect(moveCursor(places, at(5), by("right"))).toEqual(at(10));
    expect(moveCursor(places, at(10), by("left"))).toEqual(at(5));
  });

  it("goes by words, and to the ends", () => {
    expect(moveCursor(places, at(0), by("right", "word"))).toEqual(at(4));
    expect(moveCursor(places, at(15), by("left", "word"))).toEqual(at(11));
    expect(moveCursor(places, at(3), by("end"))).toEqual(at(15));
    expect(moveCursor(places, at(3), by("start", "character", true))).toEqual({ anchor: 3, focus: 0 });
  });

  it("extends with Shift, and without it leaves a selection at the end that the arrow points to", () => {
    expect(moveCursor(places, at(0), by("right", "word", true))).toEqual({ anchor: 0, focus: 4 });
    expect(moveCursor(places, { anchor: 4, focus: 0 }, by("right"))).toEqual(at(4));
    expect(moveCursor(places, { anchor: 0, focus: 4 }, by("left"))).toEqual(at(0));
  });

  it("follows the arrow on screen where text is read from right to left", () => {
    const hebrew = new TextPlaces("שלום עולם");
    expect(moveCursor(hebrew, at(0), by("left"))).toEqual(at(1));
    expect(moveCursor(hebrew, at(9), by("right", "word"))).toEqual(at(5));
  });

  it("stands only where a character begins or ends, whatever is pressed", () => {
    const move = fc.record<CursorMove>({
      to: fc.constantFrom("left", "right", "start", "end"),
      by: fc.constantFrom("character", "word"),
      extend: fc.boolean(),
    });
    fc.assert(
      fc.property(anyText, fc.array(move, { maxLength: 20 }), (text, moves) => {
        const any = new TextPlaces(text);
        let cursor = at(0);
        for (const one of moves) {
          cursor = moveCursor(any, cursor, one);
          expect(any.floor(cursor.focus)).toBe(cursor.focus);
          expect(any.floor(cursor.anchor)).toBe(cursor.anchor);
        }
      }),
    );
  });
});
