import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embedText } from "./embed-text";

const cosine = (a: string, b: string) => {
  const other = embedText(b);
  return embedText(a).reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
};

describe("embedText", () => {
  it("has length 1 for any text, and the same vector each time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const vector = embedText(text);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 9);
        expect(embedText(text)).toEqual(vector);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
  it("brings texts that share wording nearer than those that don't", () => {
    const complaint = "My flight was cancelled and nobody answered the phone";
    expect(cosine(complaint, "Nobody answered, my flight is cancelled again")).toBeGreaterThan(
      cosine(complaint, "Lovely crew and a smooth landing, thank you"),
    );
  });
});
