import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  lastTop,
  mustRecentre,
  placeAfter,
  type ScrollPlace,
  scrollOf,
  scrollSpace,
  topShowing,
} from "./scroll-space";

const million = scrollSpace(1_000_000, 32, 640);

describe("a list that fits", () => {
  const space = scrollSpace(1000, 32, 640);
  it("scrolls pixel by pixel, whatever the step", () => {
    expect(space.height).toBe(32_000);
    expect(placeAfter(space, { top: 0, scrollTop: 0 }, 20_000).top).toBe(20_000);
    expect(scrollOf(space, 20_000)).toBe(20_000);
    expect(mustRecentre(space, { top: 0, scrollTop: 0 })).toBe(false);
  });
});

describe("a million rows", () => {
  it("fit into what every browser draws", () => {
    expect(million.rows).toBe(32_000_000);
    expect(million.height).toBeLessThan(17_000_000);
  });

  it("are reached at both ends of the scrollbar, and the middle in its middle", () => {
    const most = million.height - million.view;
    const start = { top: 0, scrollTop: 0 };
    expect(placeAfter(million, start, most).top).toBe(lastTop(million));
    expect(placeAfter(million, { top: 5000, scrollTop: 5000 }, 0).top).toBe(0);
    expect(placeAfter(million, start, most / 2).top / lastTop(million)).toBeCloseTo(0.5, 6);
  });

  it("move by the wheel's own pixels wherever one is, and never past an end", () => {
    const place = fc
      .integer({ min: 0, max: lastTop(million) })
      .map((top): ScrollPlace => ({ top, scrollTop: scrollOf(million, top) }));
    fc.assert(
      fc.property(place, fc.integer({ min: -600, max: 600 }), (from, step) => {
        const to = placeAfter(million, from, from.scrollTop + step);
        expect(to.top).toBeGreaterThanOrEqual(0);
        expect(to.top).toBeLessThanOrEqual(lastTop(million));
        const inside = from.scrollTop + step > 0 && from.scrollTop + step < million.height - million.view;
        if (inside && to.top > 32 && to.top < lastTop(million) - 32)
          expect(to.top - from.top).toBeCloseTo(step, 6);
      }),
    );
  });

  it("put the thumb right before it reaches an end that the rows have not reached", () => {
    let place: ScrollPlace = { top: 100_000, scrollTop: scrollOf(million, 100_000) };
    let steps = 0;
    while (place.top > 0 && steps < 1000) {
      // A browser stops at the end of the bar.
      place = placeAfter(million, place, Math.max(0, place.scrollTop - 500));
      if (mustRecentre(million, place)) place = { ...place, scrollTop: scrollOf(million, place.top) };
      expect(100_000 - place.top).toBeLessThanOrEqual(500 * (steps + 1) + 32);
      steps += 1;
    }
    expect(place.top).toBe(0);
    expect(steps).toBeGreaterThanOrEqual(200);
  });
});

it("shows a row with the least movement", () => {
  const space = scrollSpace(100, 32, 320);
  expect(topShowing(space, 0, 5, 32)).toBe(0);
  expect(topShowing(space, 640, 5, 32)).toBe(160);
  expect(topShowing(space, 0, 20, 32)).toBe(21 * 32 - 320);
});
