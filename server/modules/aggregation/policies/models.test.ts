import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { fitDawidSkene } from "./dawid-skene";
import { fitMace } from "./mace";
import { outcomeOf } from "./outcome";
import { rateAnnotators } from "./rate-annotators";
import { accuracyOf, finish, type Judgement, posteriorsOf, tableOf } from "./testing/tables";
import type { VoteTable } from "./vote-table";
import { weightedMajority } from "./weighted-majority";

const models = [
  ["Dawid and Skene", (table: VoteTable) => fitDawidSkene(table)],
  ["Dawid and Skene, smoothed", (table: VoteTable) => fitDawidSkene(table, { smoothing: 0.1 })],
  ["MACE", (table: VoteTable) => fitMace(table)],
] as const;

const judgement = fc.record({
  annotator: fc.constantFrom("ann", "bo", "cy", "job"),
  record: fc.integer({ min: 1, max: 8 }).map((n) => `r${n}`),
  value: fc.constantFrom("x", "y", "z"),
});
const judgements = fc.uniqueArray(judgement, {
  minLength: 1,
  maxLength: 24,
  selector: ({ annotator, record }) => `${annotator} ${record}`,
});

/** What raters of these accuracies say of records whose truth is known. */
function simulate(accuracies: Record<string, number>, records: number, seed: number) {
  const random = seededRandom(seed);
  const values = ["x", "y", "z"];
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  const truth = new Map(Array.from({ length: records }, (_, n) => [`r${n}`, pick(values)]));
  const said: Judgement[] = [...truth].flatMap(([record, value]) =>
    Object.entries(accuracies).map(([annotator, accuracy]) => ({
      annotator,
      record,
      value: random() < accuracy ? value : pick(values.filter((other) => other !== value)),
    })),
  );
  return { truth, table: tableOf(said), said };
}

describe.each(models)("%s", (_, fitModel) => {
  it("never loses likelihood from step to step, whatever a vote weighs", () => {
    fc.assert(
      fc.property(judgements, fc.constantFrom(1, 0.5, 0.3), (given, weight) => {
        const { fit, steps } = finish(fitModel(tableOf(given, weight)));
        for (const [i, { start, objective }] of steps.entries()) {
          const before = steps[i - 1];
          if (before?.start !== start) continue;
          expect(objective).toBeGreaterThanOrEqual(before.objective - 1e-9 * (1 + Math.abs(objective)));
        }
        expect(fit.logLikelihood).toBeLessThanOrEqual(1e-9);
      }),
      { numRuns: 12 },
    );
  });

  it("gives likelihoods that add up to one, and the same in whatever order votes, records and annotators come", () => {
    const shuffled = judgements.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, otherwise]) => {
        const [one, other] = [tableOf(given), tableOf(otherwise)];
        const again = posteriorsOf(other, finish(fitModel(other)).fit);
        for (const [record, shares] of posteriorsOf(one, finish(fitModel(one)).fit)) {
          expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
          for (const [value, share] of shares) expect(again.get(record)?.get(value)).toBeCloseTo(share, 4);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("finds the one who knows among those who guess, and believes them", () => {
    const { truth, table } = simulate({ a: 0.5, b: 0.5, knows: 1, c: 0.5, d: 0.5 }, 250, 5);
    const { fit } = finish(fitModel(table));
    expect(accuracyOf(truth, table, fit)).toBeGreaterThan(0.95);
    const rated = rateAnnotators(table, fit).map(({ accuracy }) => accuracy ?? 0);
    expect(rated[table.annotators.indexOf("knows")]).toBeGreaterThan(0.9);
    expect(rated.filter((accuracy) => accuracy > 0.65)).toHaveLength(1);
    if (fit.trust) expect(fit.trust.indexOf(Math.max(...fit.trust))).toBe(table.annotators.indexOf("knows"));
  });

  it("is right more often than a majority where raters are unequal", () => {
    const { truth, table } = simulate({ a: 0.9, b: 0.85, c: 0.45, d: 0.45, e: 0.4 }, 300, 9);
    const better = accuracyOf(truth, table, finish(fitModel(table)).fit);
    expect(better).toBeGreaterThan(accuracyOf(truth, table, weightedMajority(table)) + 0.05);
  });

  it("takes equal patterns together: it makes no difference but in time", () => {
    const { table } = simulate({ a: 0.8, b: 0.6, c: 0.5 }, 80, 2);
    const keyOf = ({ given }: VoteTable["patterns"][number]) => given.join();
    const alike = new Map<string, number>();
    for (const pattern of table.patterns) alike.set(keyOf(pattern), (alike.get(keyOf(pattern)) ?? 0) + 1);
    const packed = [...alike].flatMap(([key, records]) => {
      const pattern = table.patterns.find((one) => keyOf(one) === key);
      return pattern ? [{ ...pattern, records }] : [];
    });
    const apart = posteriorsOf(table, finish(fitModel(table)).fit);
    const together = { ...table, patterns: packed, records: packed.map(keyOf) };
    const joint = posteriorsOf(together, finish(fitModel(together)).fit);
    expect(packed.length).toBeLessThanOrEqual(27);
    for (const [row, pattern] of table.patterns.entries())
      for (const [value, share] of joint.get(keyOf(pattern)) ?? [])
        expect(apart.get(table.records[row] ?? "")?.get(value)).toBeCloseTo(share, 4);
  });
});

it.each([models[0], models[2]])("%s takes the labels of one annotator as they are", (_, fitModel) => {
  const table = tableOf(
    ["x", "y", "x", "z"].map((value, n) => ({ annotator: "ann", record: `r${n}`, value })),
  );
  const { fit } = finish(fitModel(table));
  expect(table.records.map((__, row) => outcomeOf(table, fit, row).value)).toEqual(["x", "y", "x", "z"]);
});

it("an annotator's confusion tells what is given for each truth, in shares", () => {
  const said = ["x x", "x x", "y x", "y y"].map((pair, n) => ({ record: `r${n}`, pair: pair.split(" ") }));
  const table = tableOf(
    said.flatMap(({ record, pair: [truth = "", given = ""] }) => [
      { annotator: "gold", record, value: truth },
      { annotator: "ann", record, value: given },
    ]),
  );
  const posteriors = Float64Array.from(
    table.patterns.flatMap(({ given: [truth] }) => [0, 1].map((v) => (v === truth ? 1 : 0))),
  );
  const fit = { posteriors, logLikelihood: null, iterations: null, converged: true, trust: null };
  const [gold, ann] = rateAnnotators(table, fit);
  expect(gold).toMatchObject({ votes: 4, accuracy: 1 });
  expect(ann).toEqual({
    votes: 4,
    accuracy: 0.75,
    confusion: new Map([
      ["x", new Map([["x", 1]])],
      [
        "y",
        new Map([
          ["x", 0.5],
          ["y", 0.5],
        ]),
      ],
    ]),
  });
});
