import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { type Candidate, chooseThreshold, leastRows, riskCoverage, rowsNeeded } from "./accept-threshold";

const design = { total: 50_000, epsilon: 0.05, alpha: 0.05 };
const whole = (checked: number, errors = 0): Candidate[] => [
  { threshold: 0.4, accepted: 50_000, checked, errors },
];

describe("chooseThreshold", () => {
  it("accepts all labels from 59 rows without an error on, 93 with one, 124 with two", () => {
    for (const [errors, least] of [
      [0, 59],
      [1, 93],
      [2, 124],
    ] as const) {
      expect(chooseThreshold(whole(least, errors), { ...design, n: least }).chosen).toBe(0);
      expect(chooseThreshold(whole(least - 1, errors), { ...design, n: least - 1 }).chosen).toBeNull();
    }
    expect([0.05, 0.02, 0.01].map((epsilon) => leastRows({ epsilon, alpha: 0.05 }))).toEqual([59, 149, 299]);
  });

  it("goes down from the most confident until one fails, and looks at none after it", () => {
    const steps = [
      { threshold: 0.9, accepted: 25_000, checked: 150, errors: 0 },
      { threshold: 0.8, accepted: 30_000, checked: 180, errors: 2 },
      { threshold: 0.7, accepted: 40_000, checked: 240, errors: 12 },
      { threshold: 0.6, accepted: 50_000, checked: 3000, errors: 12 },
    ];
    expect(chooseThreshold(steps, { ...design, n: 300 })).toEqual({ first: 0, chosen: 1 });
  });

  it("begins where the draw holds enough rows, told by its size alone", () => {
    const steps = (errors: number) =>
      [0.1, 0.5, 0.9, 1].map((share) => ({
        threshold: 1 - share,
        accepted: share * 50_000,
        checked: Math.round(share * 100),
        errors,
      }));
    expect(chooseThreshold(steps(0), { ...design, n: 100 })).toEqual({ first: 2, chosen: 3 });
    expect(chooseThreshold(steps(9), { ...design, n: 100 })).toEqual({ first: 2, chosen: null });
    expect(chooseThreshold(steps(0), { ...design, n: 61 }).first).toBe(3);
    expect(chooseThreshold(whole(58), { ...design, n: 58 })).toEqual({ first: 0, chosen: null });
    expect(chooseThreshold([], { ...design, n: 100 })).toEqual({ first: null, chosen: null });
  });

  it("promises too much in at most a share alpha of all draws, and in not far fewer", () => {
    const rates = [cliff, slope, flat].map((world) => {
      const random = seededRandom(5);
      const labels = world();
      const risks = risksOf(labels);
      let wrong = 0;
      for (let draw = 0; draw < DRAWS; draw++) {
        const { chosen } = chooseThreshold(drawn(labels, 400, random), given);
        if (chosen !== null && (risks[chosen] ?? 0) > given.epsilon) wrong += 1;
      }
      return wrong / DRAWS;
    });
    // A share of so many draws is known to within three standard errors.
    const most = given.alpha + 3 * Math.sqrt((given.alpha * (1 - given.alpha)) / DRAWS);
    for (const rate of rates) expect(rate).toBeLessThanOrEqual(most);
    expect(Math.max(...rates)).toBeGreaterThan(given.alpha / 3);
  });
});

describe("rowsNeeded", () => {
  it("tells what is missing where no further row is wrong", () => {
    expect(rowsNeeded(whole(0), { ...design, n: 0 })).toBe(59);
    expect(rowsNeeded(whole(30), { ...design, n: 30 })).toBe(29);
    expect(rowsNeeded(whole(30, 1), { ...design, n: 30 })).toBe(63);
    expect(rowsNeeded(whole(59), { ...design, n: 59 })).toBe(0);
  });

  it("draws more where only a part of the labels can be accepted", () => {
    const half = [{ threshold: 0.4, accepted: 25_000, checked: 0, errors: 0 }];
    expect(rowsNeeded(half, { ...design, n: 0 })).toBe(118);
  });

  it("is undefined where the job has too few labels, or none to accept", () => {
    const few = [{ threshold: 0.4, accepted: 40, checked: 0, errors: 0 }];
    expect(rowsNeeded(few, { ...design, total: 40, n: 0 })).toBeNull();
    expect(rowsNeeded([], { ...design, n: 0 })).toBeNull();
  });

  it("is enough once it was checked", () => {
    const counts = fc.record({ checked: fc.nat(200), errors: fc.nat(6) });
    fc.assert(
      fc.property(counts, ({ checked, errors }) => {
        const rows = checked + errors;
        const needed = rowsNeeded(whole(rows, errors), { ...design, n: rows });
        const then = rows + (needed ?? Number.NaN);
        expect(chooseThreshold(whole(then, errors), { ...design, n: then }).chosen).toBe(0);
        if (needed !== 0)
          expect(chooseThreshold(whole(then - 1, errors), { ...design, n: then - 1 }).chosen).toBeNull();
      }),
    );
  });
});

describe("riskCoverage", () => {
  it("gives share, risk, interval and bound of each threshold", () => {
    const curve = riskCoverage(whole(100, 2), { total: 100_000, alpha: 0.05 });
    expect(curve).toEqual([
      {
        ...whole(100, 2)[0],
        coverage: 0.5,
        risk: 0.02,
        interval: [expect.closeTo(0.0055, 4), expect.closeTo(0.07, 3)],
        bound: expect.closeTo(0.0616, 4),
      },
    ]);
    expect(riskCoverage(whole(0), { total: 50_000, alpha: 0.05 })[0]).toMatchObject({
      risk: null,
      interval: null,
      bound: 1,
    });
  });
});

const SIZE = 10_000;
const STEPS = 50;
const DRAWS = 2_000;
const given = { total: SIZE, n: 400, epsilon: 0.05, alpha: 0.1 };

/** Whether each label is wrong, from the most confident down. */
type Labels = readonly boolean[];

/** Right enough above a confidence, and far too often wrong below it. */
function cliff(): Labels {
  return labelsOf((rank) => (rank < 0.6 ? 0.02 : 0.2));
}
/** Ever more often wrong. */
function slope(): Labels {
  return labelsOf((rank) => 0.15 * rank);
}
/** Confidence says nothing, and all sets are just too bad: the first that is tested must fail. */
function flat(): Labels {
  return labelsOf(() => 0.0515);
}

/** Wrong ones evenly spread, as many as the risk says at a rank of 0 … 1. */
function labelsOf(risk: (rank: number) => number): Labels {
  let expected = 0.5;
  return Array.from({ length: SIZE }, (_, at) => {
    const before = Math.floor(expected);
    expected += risk(at / SIZE);
    return Math.floor(expected) > before;
  });
}

const sizeOf = (step: number): number => ((step + 1) * SIZE) / STEPS;

/** The true error of the set of each step. */
const risksOf = (labels: Labels): number[] =>
  Array.from({ length: STEPS }, (_, step) => {
    const accepted = labels.slice(0, sizeOf(step));
    return accepted.filter(Boolean).length / accepted.length;
  });

/** The counts of a draw of n without replacement, at each step. */
function drawn(labels: Labels, n: number, random: () => number): Candidate[] {
  const places = new Set<number>();
  while (places.size < n) places.add(Math.floor(random() * SIZE));
  const checked = new Array<number>(STEPS).fill(0);
  const errors = new Array<number>(STEPS).fill(0);
  for (const place of places) {
    const step = Math.floor((place * STEPS) / SIZE);
    checked[step] = (checked[step] ?? 0) + 1;
    if (labels[place]) errors[step] = (errors[step] ?? 0) + 1;
  }
  let [allChecked, allErrors] = [0, 0];
  return checked.map((rows, step) => {
    allChecked += rows;
    allErrors += errors[step] ?? 0;
    return { threshold: -step, accepted: sizeOf(step), checked: allChecked, errors: allErrors };
  });
}
