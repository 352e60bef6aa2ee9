import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { sampleInterval } from "./sample-interval";
import { stratifiedShare } from "./stratified-share";
import { drawSample } from "./testing/draw-sample";

describe("stratifiedShare", () => {
  it("gives the values worked out by hand", () => {
    const { share, interval, unchecked } = stratifiedShare([
      { population: 60, checked: 30, successes: 27 },
      { population: 40, checked: 20, successes: 10 },
    ]);
    expect(share).toBeCloseTo(0.74, 12);
    expect(interval?.[0]).toBeCloseTo(0.6541355315, 9);
    expect(interval?.[1]).toBeCloseTo(0.8079910528, 9);
    expect(unchecked).toBe(0);
  });

  it("is the interval of the sample where there is one stratum", () => {
    const { interval } = stratifiedShare([{ population: 200, checked: 50, successes: 45 }]);
    const [low, high] = sampleInterval(45, 50, 200) ?? [0, 0];
    expect(interval?.[0]).toBeCloseTo(low, 12);
    expect(interval?.[1]).toBeCloseTo(high, 12);
  });

  it("lets what is unchecked be all right or all wrong", () => {
    const { share, interval, unchecked } = stratifiedShare([
      { population: 90, checked: 90, successes: 81 },
      { population: 10, checked: 0, successes: 0 },
    ]);
    expect(share).toBeCloseTo(0.9, 12);
    expect(unchecked).toBeCloseTo(0.1, 12);
    expect(interval?.[0]).toBeCloseTo(0.81, 12);
    expect(interval?.[1]).toBeCloseTo(0.91, 12);
  });

  it("is undefined where nothing was checked", () => {
    const nothing = { share: null, interval: null, unchecked: 1 };
    expect(stratifiedShare([])).toEqual(nothing);
    expect(stratifiedShare([{ population: 5, checked: 0, successes: 0 }])).toEqual(nothing);
  });

  it("covers the share, unbiased, where the strata were drawn from at very different rates", () => {
    const strata = [
      { size: 400, right: 392, n: 20 },
      { size: 300, right: 255, n: 40 },
      { size: 200, right: 120, n: 100 },
      { size: 100, right: 35, n: 60 },
    ].map(({ size, right, n }) => ({ n, rows: Array.from({ length: size }, (_, at) => at < right) }));
    const truth = 802 / 1_000;
    const random = seededRandom(11);
    const draws = 2_000;
    let [covered, sum, naive] = [0, 0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const found = strata.map(({ rows, n }) => ({
        population: rows.length,
        checked: n,
        successes: drawSample(rows, n, random).filter(Boolean).length,
      }));
      const { share, interval } = stratifiedShare(found);
      const [low, high] = interval ?? [1, 0];
      if (low <= truth && truth <= high) covered += 1;
      sum += share ?? Number.NaN;
      naive += found.reduce((all, { successes }) => all + successes, 0) / 220;
    }
    expect(covered / draws).toBeGreaterThan(0.94);
    expect(sum / draws).toBeCloseTo(truth, 2);
    // As they come, the rows would say what is far off: most are from where the labels are bad.
    expect(naive / draws).toBeLessThan(truth - 0.15);
  });
});
