import fc from "fast-check";
import { compareOps, type Predicate, type Query } from "@/contracts/query";
import { confs, labels, metadataNames, metadataValues, options, words } from "./random-world";
import type { World } from "./world";

/** Any query about a world: each kind of predicate, with names that are there and some that aren't. */
export function randomQuery(world: World): fc.Arbitrary<Query> {
  return fc.letrec<{ query: Query }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 4, arbitrary: randomPredicate(world) },
      { weight: 2, arbitrary: fc.record({ and: fc.array(tie("query"), { minLength: 1, maxLength: 4 }) }) },
      { weight: 2, arbitrary: fc.record({ or: fc.array(tie("query"), { minLength: 1, maxLength: 4 }) }) },
      { weight: 2, arbitrary: fc.record({ not: tie("query") }) },
      { weight: 2, arbitrary: onOneAnnotation(world) },
    ),
  })).query;
}

function randomPredicate(world: World): fc.Arbitrary<Predicate> {
  const annotators = annotatorsOf(world);
  const values = metadataValues.filter((value) => value !== null);
  const comparison = (among: typeof metadataValues) =>
    fc.oneof(
      fc.record({ op: fc.constant("exists" as const), value: fc.constantFrom(true, false) }),
      fc.record({
        op: fc.constantFrom(...compareOps.filter((op) => op !== "exists")),
        value: fc.constantFrom(...among),
      }),
    );
  return fc.oneof(
    fc.record({
      keyword: fc.oneof(
        fc.constantFrom(...words, "%", "_", "x"),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 3 }),
      ),
      caseSensitive: fc.boolean(),
    }),
    fc.record({ ids: fc.subarray(world.records.map(({ id }) => id)) }),
    fc.record({ externalIds: fc.subarray(["e1", "e2", "e3", "e39", "unknown"]) }),
    fc
      .tuple(fc.constantFrom(...metadataNames, "absent"), comparison(values))
      .map(([name, test]) => ({ metadata: { name, ...test } })),
    fc.record({ annotator: annotators.filter((ids) => ids.length > 0) }),
    fc
      .tuple(
        fc.constantFrom(...labels, "absent"),
        fc.constantFrom("==", "!=", "exists", "missing", "conflicts"),
        fc.oneof(fc.constantFrom(...options), fc.subarray(options)),
        annotators,
      )
      .map(([name, op, value, by]) => ({ label: { name, op, value, annotators: by } })),
    fc
      .tuple(
        fc.constantFrom(...labels),
        fc.oneof(
          fc.tuple(fc.constant("conf"), comparison([...confs, "0.1"])),
          fc.tuple(fc.constantFrom(...metadataNames), comparison(values)),
        ),
        annotators,
      )
      .map(([label, [name, test], by]) => ({ labelMetadata: { label, name, ...test, annotators: by } })),
    fc
      .tuple(
        fc.constantFrom(...labels),
        fc.constantFrom("ALL", "UNVERIFIED", "VERIFIED"),
        annotators,
        fc.record(
          {
            status: fc.constantFrom("CONFIRMS", "CORRECTS", "UNSURE"),
            verifierIds: fc.subarray([...world.userIds]),
          },
          { requiredKeys: [] },
        ),
      )
      .map(([label, mode, jobIds, more]) => ({ verification: { label, mode, jobIds, ...more } })),
    fc.record({ subset: fc.constantFrom(...world.subsets.keys()) }),
    fc
      .tuple(fc.constantFrom("==", "!=", "<", "<=", ">", ">="), fc.integer({ min: 1, max: 6 }))
      .map(([op, day]) => ({ createdAt: { op, value: `2026-01-0${day}T00:00:00Z` } })),
  ) as fc.Arbitrary<Predicate>;
}

/** An `and` of predicates that name the same label and annotators, among which others stand. */
function onOneAnnotation(world: World): fc.Arbitrary<Query> {
  const by = annotatorsOf(world).filter((ids) => ids.length > 0);
  return fc
    .tuple(
      fc.constantFrom(...labels),
      by,
      fc.constantFrom(...options),
      fc.constantFrom(...confs),
      fc.constantFrom("VERIFIED" as const, "UNVERIFIED" as const, "ALL" as const),
      fc.array(randomPredicate(world), { maxLength: 1 }),
    )
    .map(([label, annotators, value, conf, mode, others]) => ({
      and: [
        { label: { name: label, op: "==", value, annotators } },
        {
          labelMetadata: {
            label,
            name: "conf",
            op: "<=",
            value: conf,
            annotators: [...annotators].reverse(),
          },
        },
        { verification: { label, mode, jobIds: annotators } },
        ...others,
      ],
    }));
}

const annotatorsOf = (world: World): fc.Arbitrary<string[]> =>
  fc
    .subarray([...world.userIds, ...world.jobIds])
    .map((ids) => ids.map((id, index) => (index % 2 === 0 ? id : prefixed(id, world))));

const prefixed = (id: string, world: World) =>
  world.jobIds.includes(id) ? `job:${id}` : `user:${id.toUpperCase()}`;
