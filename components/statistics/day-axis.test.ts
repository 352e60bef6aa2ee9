import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countAxis, dayAxis } from "./day-axis";

describe("dayAxis", () => {
  it("marks whole days from the first to the last", () => {
    const { domain, ticks } = dayAxis([{ day: "2026-03-10" }, { day: "2026-03-01" }]);
    expect(domain.map((time) => new Date(time).toISOString().slice(0, 10))).toEqual([
      "2026-03-01",
      "2026-03-10",
    ]);
    expect(ticks.map((time) => new Date(time).toISOString())).toEqual(
      ["01", "04", "07", "10"].map((day) => `2026-03-${day}T00:00:00.000Z`),
    );
  });

  it("gives a single day its width", () => {
    const { domain, ticks } = dayAxis([{ day: "2026-03-01" }]);
    expect(domain[1] - domain[0]).toBe(86_400_000);
    expect(ticks).toEqual(domain);
  });
});

describe("countAxis", () => {
  it("ends at a round number at or above the largest, in a few whole steps", () => {
    expect(countAxis(0).ticks).toEqual([0, 1]);
    expect(countAxis(7).ticks).toEqual([0, 2, 4, 6, 8]);
    expect(countAxis(41_200).ticks).toEqual([0, 20_000, 40_000, 60_000]);
    fc.assert(
      fc.property(fc.nat(10_000_000), (most) => {
        const { domain, ticks } = countAxis(most);
        expect(domain[1]).toBeGreaterThanOrEqual(most);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});
