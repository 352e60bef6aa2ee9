import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { krippendorffAlpha } from "./agreement/krippendorff-alpha";
import { countsOf, type Pattern } from "./agreement/patterns";
import { bootstrapIntervals, resamplesFor } from "./bootstrap";

const share = (counts: readonly number[]) => (counts[0] ?? 0) / counts.reduce((sum, count) => sum + count, 0);

/** Three annotators who each know the right one of two values nine times in ten, and guess else. */
function drawPatterns(random: () => number, records: number, knows: number): Pattern[] {
  const found = new Map<number, number>();
  for (let record = 0; record < records; record++) {
    const right = random() < 0.5 ? 1 : 0;
    let ones = 0;
    for (let rater = 0; rater < 3; rater++) ones += random() < knows ? right : random() < 0.5 ? 1 : 0;
    found.set(ones, (found.get(ones) ?? 0) + 1);
  }
  return [...found].map(([ones, count]) => ({ values: [0, 1, 2].map((at) => (at < ones ? 1 : 0)), count }));
}

describe("bootstrapIntervals", () => {
  it("are the same for the same counts, and as wide as the share's own error of hundreds and of millions", () => {
    for (const n of [400, 4_000_000]) {
      const [found] = bootstrapIntervals([0.3 * n, 0.7 * n], [share]);
      expect(bootstrapIntervals([0.3 * n, 0.7 * n], [share])).toEqual([found]);
      const [low = Number.NaN, high = Number.NaN] = found?.interval ?? [];
      const error = Math.sqrt((0.3 * 0.7) / n);
      expect((high - low) / (2 * 1.96 * error)).toBeCloseTo(1, 0.5);
      expect((low + high) / 2).toBeCloseTo(0.3, n === 400 ? 2 : 4);
    }
  });

  it("say why there is none", () => {
    const reason = (
      counts: readonly number[],
      statistic: typeof share | (() => null) = share,
      resamples?: number,
    ) => bootstrapIntervals(counts, [statistic], resamples);
    expect(reason([4, 5])).toEqual([{ interval: null, reason: "too_few_records" }]);
    expect(reason([40, 0])).toEqual([{ interval: null, reason: "no_spread" }]);
    expect(reason([40, 5], () => null)).toEqual([{ interval: null, reason: "often_undefined" }]);
    expect(reason([40, 5], share, resamplesFor(1_000_000))).toEqual([
      { interval: null, reason: "too_many_combinations" },
    ]);
  });

  it("make fewer resamples where each takes long", () => {
    expect([0, 1, 5_000, 10_000, 25_000, 25_001].map(resamplesFor)).toEqual([
      1_000, 1_000, 1_000, 500, 200, 0,
    ]);
  });

  it("hold the true α in some 93 % of 1,000 draws of 60 records, as percentile intervals of few do", () => {
    const random = seededRandom(29);
    const knows = Math.sqrt(0.6);
    // With even values the chance that two agree beyond chance is that both know: α = knows².
    const truth = 0.6;
    let held = 0;
    for (let draw = 0; draw < 1_000; draw++) {
      const patterns = drawPatterns(random, 60, knows);
      const [found] = bootstrapIntervals(countsOf(patterns), [krippendorffAlpha(patterns, "nominal")], 400);
      const [low = 1, high = -1] = found?.interval ?? [];
      if (low <= truth && truth <= high) held++;
    }
    expect(held).toBeGreaterThan(910);
    expect(held).toBeLessThan(975);
  });
});
