import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SIGNATURE_BITS, signatureOf } from "./signature";

const differing = (a: string, b: string) => [...a].filter((bit, at) => bit !== b[at]).length;
const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 });

describe("signatureOf", () => {
  it("stays what it was: stored signatures are compared with new ones", () => {
    expect(signatureOf([1, 0, 0]).slice(0, 32)).toBe("11000000001001010101101001000101");
  });

  it("is the same for a vector of another length in the same direction", () => {
    fc.assert(
      fc.property(vector, fc.double({ min: 0.5, max: 100, noNaN: true }), (values, factor) => {
        fc.pre(Math.hypot(...values) > 0.01);
        const scaled = values.map((value) => value * factor);
        expect(differing(signatureOf(values), signatureOf(scaled))).toBeLessThanOrEqual(2);
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it("differs in a share of bits near the angle over π", () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const dot = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
        const norms = Math.hypot(...a) * Math.hypot(...b);
        fc.pre(norms > 0.01);
        const angle = Math.acos(Math.min(1, Math.max(-1, dot / norms)));
        const share = differing(signatureOf(a), signatureOf(b)) / SIGNATURE_BITS;
        // Five standard deviations of a share of 256 draws.
        expect(Math.abs(share - angle / Math.PI)).toBeLessThan(5 * Math.sqrt(0.25 / SIGNATURE_BITS));
      }),
      { seed: 12, numRuns: 200 },
    );
  });
});
