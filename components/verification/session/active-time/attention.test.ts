import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attention, type AttentionEvent, attend, newAttention, spentOn } from "./attention";

const attending = (events: readonly AttentionEvent[], start = 0): Attention =>
  events.reduce(attend, newAttention(start));
const look = (key: string | null, at: number) => ({ kind: "look", key, at }) as const;
const input = (at: number) => ({ kind: "input", at }) as const;
const visible = (shown: boolean, at: number) => ({ kind: "visible", visible: shown, at }) as const;

describe("the time on an item", () => {
  it("runs while it has the focus, and goes on when one comes back to it", () => {
    const attention = attending([look("a", 0), look("b", 2000), look("a", 5000)]);
    expect(spentOn(attention, "a", 6000)).toBe(3000);
    expect(spentOn(attention, "b", 6000)).toBe(3000);
    expect(spentOn(attention, "c", 6000)).toBe(0);
  });

  it("stops half a minute after the last sign of life, and goes on with the next", () => {
    const attention = attending([look("a", 0), input(1000)]);
    expect(spentOn(attention, "a", 31_000)).toBe(31_000);
    expect(spentOn(attention, "a", 600_000)).toBe(31_000);
    expect(spentOn(attend(attention, input(600_000)), "a", 601_000)).toBe(32_000);
  });

  it("stands still while the page is hidden", () => {
    const attention = attending([look("a", 0), visible(false, 1000), visible(true, 50_000)]);
    expect(spentOn(attention, "a", 52_000)).toBe(3000);
  });

  it("begins at nothing after a decision", () => {
    const attention = attending([look("a", 0), { kind: "taken", key: "a", at: 4000 }]);
    expect(spentOn(attention, "a", 4500)).toBe(500);
  });

  it("counts nothing when the clock steps back", () => {
    expect(spentOn(attending([look("a", 10_000), input(4000)], 10_000), "a", 4000)).toBe(0);
  });

  const step = fc.record({
    wait: fc.integer({ min: 0, max: 60_000 }),
    event: fc.constantFrom("a", "b", "none", "hide", "show", "input"),
  });
  it("is never more than the wall's, and of all items together neither", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let at = 0;
        let attention = newAttention(0);
        for (const { wait, event } of steps) {
          at += wait;
          const given: AttentionEvent =
            event === "input"
              ? input(at)
              : event === "hide" || event === "show"
                ? visible(event === "show", at)
                : look(event === "none" ? null : event, at);
          attention = attend(attention, given);
        }
        const [a, b] = [spentOn(attention, "a", at), spentOn(attention, "b", at)];
        expect(a).toBeGreaterThanOrEqual(0);
        expect(b).toBeGreaterThanOrEqual(0);
        expect(a + b).toBeLessThanOrEqual(at);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
