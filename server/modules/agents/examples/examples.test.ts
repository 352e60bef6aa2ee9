import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candidate, chooseExamples } from "./choose-examples";
import type { PoolExample } from "./example-pool";
import { createLeakageGuard, createRepeatFinder, normalizeText } from "./leakage-guard";
import { createTextSimilarity, trigramsOf } from "./trigram-similarity";
import { createVectorSimilarity } from "./vector-similarity";

const candidates = fc.uniqueArray(
  fc.record({
    recordId: fc.uuid(),
    similarity: fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
    groups: fc.constantFrom("pos", "neg", "neu").map((value): string[] => [value]),
  }),
  { selector: ({ recordId }) => recordId, maxLength: 30 },
);
const k = fc.integer({ min: 1, max: 12 });
const countsOf = (list: readonly Candidate[]) => {
  const counts = new Map<string, number>();
  for (const { groups } of list) for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
};

describe("which examples are chosen", () => {
  it("as many as asked for, or all there are, the nearest last", () => {
    fc.assert(
      fc.property(candidates, k, fc.boolean(), (pool, wanted, balanced) => {
        const chosen = chooseExamples(pool, { k: wanted, balanced });
        expect(chosen).toHaveLength(Math.min(wanted, pool.length));
        expect(new Set(chosen.map(({ recordId }) => recordId)).size).toBe(chosen.length);
        const similarities = chosen.map(({ similarity }) => similarity);
        expect(similarities).toEqual(similarities.toSorted((a, b) => a - b));
      }),
      { seed: 53 },
    );
  });

  it("the nearest of all when nothing is balanced", () => {
    fc.assert(
      fc.property(candidates, k, (pool, wanted) => {
        const chosen = chooseExamples(pool, { k: wanted, balanced: false });
        const farthest = Math.min(...chosen.map(({ similarity }) => similarity));
        const left = pool.filter((candidate) => !chosen.includes(candidate));
        expect(left.every(({ similarity }) => similarity <= farthest)).toBe(true);
      }),
      { seed: 54 },
    );
  });

  it("balanced, a value has two fewer than another only when it has no more; of each value the nearest", () => {
    fc.assert(
      fc.property(candidates, k, (pool, wanted) => {
        const chosen = chooseExamples(pool, { k: wanted, balanced: true });
        const [had, given] = [countsOf(pool), countsOf(chosen)];
        const most = Math.max(0, ...given.values());
        for (const [group, count] of had) {
          const taken = given.get(group) ?? 0;
          if (taken < most - 1) expect(taken).toBe(count);
          const own = chosen.filter(({ groups }) => groups.includes(group));
          const farthest = Math.min(...own.map(({ similarity }) => similarity));
          const left = pool.filter(
            (candidate) => candidate.groups.includes(group) && !chosen.includes(candidate) && own.length > 0,
          );
          expect(left.every(({ similarity }) => similarity <= farthest)).toBe(true);
        }
      }),
      { seed: 55 },
    );
  });

  it("balanced, texts with several options count for each, and of each group one comes before a second is needed", () => {
    const several = fc.uniqueArray(
      fc.record({
        recordId: fc.uuid(),
        similarity: fc.double({ min: 0, max: 1, noNaN: true }),
        groups: fc.subarray(["city", "land", "time"]),
      }),
      { selector: ({ recordId }) => recordId, minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(several, k, (pool, wanted) => {
        const chosen = chooseExamples(pool, { k: wanted, balanced: true });
        expect(chosen).toHaveLength(Math.min(wanted, pool.length));
        const nearest = (list: readonly Candidate[]) => Math.max(...list.map(({ similarity }) => similarity));
        expect(nearest(chosen)).toBe(nearest(pool));
        const kinds = new Set(pool.flatMap(({ groups }) => (groups.length > 0 ? groups : ["none"])));
        const shown = new Set(chosen.flatMap(({ groups }) => (groups.length > 0 ? groups : ["none"])));
        if (wanted >= kinds.size) expect(shown).toEqual(kinds);
        if (wanted > 1 && kinds.has("none")) expect(shown).toContain("none");
      }),
      { seed: 60 },
    );
  });

  it("balanced, the option that was shown least has its turn, the nearest text with it", () => {
    const [a, b, c, d, none] = ["a", "b", "c", "d", "e"].map((recordId, at) => ({
      recordId,
      similarity: 1 - at / 10,
      groups: [["city"], ["city", "land"], ["city"], ["time"], []][at] ?? [],
    }));
    const ids = (wanted: number) =>
      chooseExamples(
        [a, b, c, d, none].flatMap((one) => one ?? []),
        { k: wanted, balanced: true },
      ).map(({ recordId }) => recordId);
    expect(ids(1)).toEqual(["a"]);
    expect(ids(2)).toEqual(["e", "a"]);
    expect(ids(4)).toEqual(["e", "d", "b", "a"]);
    expect(ids(9)).toEqual(["e", "d", "c", "b", "a"]);
  });

  it("passes over what can't be shown, as if it were not there", () => {
    fc.assert(
      fc.property(candidates, k, fc.boolean(), (pool, wanted, balanced) => {
        const canShow = ({ recordId }: Candidate) => recordId < "8";
        const chosen = chooseExamples(pool, { k: wanted, balanced, canShow });
        expect(new Set(chosen)).toEqual(
          new Set(chooseExamples(pool.filter(canShow), { k: wanted, balanced })),
        );
      }),
      { seed: 61, numRuns: 3000 },
    );
  });

  it("is the same in whatever order the candidates come", () => {
    fc.assert(
      fc.property(
        candidates.chain((pool) =>
          fc.tuple(
            fc.constant(pool),
            fc.shuffledSubarray(pool, { minLength: pool.length, maxLength: pool.length }),
          ),
        ),
        k,
        fc.boolean(),
        ([pool, shuffled], wanted, balanced) => {
          const options = { k: wanted, balanced };
          expect(chooseExamples(shuffled, options)).toEqual(chooseExamples(pool, options));
        },
      ),
      { seed: 56 },
    );
  });
});

const example = (over: Partial<PoolExample>): PoolExample => ({
  recordId: "id-1",
  externalId: "r1",
  content: "So late",
  duplicateOf: null,
  labels: {},
  ...over,
});

describe("the leakage guard", () => {
  const guards = createLeakageGuard([
    example({}),
    example({ recordId: "id-2", externalId: "r2", content: "Lost luggage", duplicateOf: "r0" }),
    { content: "Thanks!" },
  ]);
  it.each([
    ["the record itself, whatever became of its text", { recordId: "id-1", content: "changed" }, true],
    [
      "one marked as repeating it",
      { externalId: "r9", content: "x", metadata: { duplicate_of: "r1" } },
      true,
    ],
    ["the one that an example repeats", { recordId: "id-0", externalId: "r0", content: "x" }, true],
    [
      "another that repeats the same",
      { externalId: "r8", content: "x", metadata: { duplicate_of: "r0" } },
      true,
    ],
    ["a text that differs in case and blanks", { content: " so\n LATE " }, true],
    ["the text of a written example", { content: "THANKS!" }, true],
    ["anything else", { recordId: "id-3", externalId: "r3", content: "So late again" }, false],
    ["a mark that is no text", { content: "y", metadata: { duplicate_of: 1 } }, false],
  ])("%s: %#", (_name, target, expected) => {
    expect(guards(target)).toBe(expected);
  });

  it("knows every decorated spelling of an example's text", () => {
    const spelling = fc.constantFrom("so late", "SO LATE", "So  Late\n", "\tso\u00a0late", "ＳＯ late");
    fc.assert(
      fc.property(spelling, (content) => guards({ content })),
      { seed: 57 },
    );
  });

  it("an example without text guards no empty record", () => {
    expect(createLeakageGuard([{ content: " " }])({ content: "" })).toBe(false);
  });

  it("finds which examples a record repeats", () => {
    const repeats = createRepeatFinder([
      example({}),
      example({ recordId: "id-2", externalId: "r2", content: "SO late" }),
      example({ recordId: "id-3", externalId: "r3", content: "Fine" }),
    ]);
    expect([...repeats({ content: "so late" })]).toEqual([0, 1]);
    expect([...repeats({ recordId: "id-3", content: "Fine, thanks" })]).toEqual([2]);
    expect(repeats({ content: "other" }).size).toBe(0);
  });

  it("normalising twice is normalising once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const once = normalizeText(text);
        expect(normalizeText(once)).toBe(once);
      }),
      { seed: 58 },
    );
  });
});

describe("how near texts and vectors are", () => {
  it("takes trigrams as pg_trgm documents them", () => {
    expect([...trigramsOf("Cat")].sort()).toEqual(["  c", " ca", "at ", "cat"]);
    expect([...trigramsOf("foo|bar")].sort()).toEqual(
      ["  b", "  f", " ba", " fo", "ar ", "bar", "foo", "oo "].sort(),
    );
  });

  it("is the share of common trigrams, compared one by one", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "c", " "), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), text, (texts, asked) => {
        const own = trigramsOf(asked);
        const expected = texts.map((other) => {
          const its = trigramsOf(other);
          const union = new Set([...own, ...its]).size;
          return union === 0 ? 0 : [...own].filter((trigram) => its.has(trigram)).length / union;
        });
        expect([...createTextSimilarity(texts)(asked)]).toEqual(expected);
      }),
      { seed: 59 },
    );
  });

  it("is the cosine; what can't be compared is farther than the opposite", () => {
    const near = createVectorSimilarity([[2, 0], [0, 3], [-1, 0], [1, 0, 0], null, [0, 0]]);
    expect([...near([5, 0])]).toEqual([1, 0, -1, -2, -2, -2]);
    expect([...near([0, 0])].every((similarity) => similarity === -2)).toBe(true);
  });
});
