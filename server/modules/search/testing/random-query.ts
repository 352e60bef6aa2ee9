import fc from "fast-check";
import { compareOps, type Predicate, type Query } from "@/contracts/query";
import { confs, labels, metadataNames, metadataValues, options, words } from "./random-world";
import type { World } from "./world";

const fullTextItem = fc.constantFrom(
  ...["good", "GOOD", "ärger", "σας", "ΣΑΣ", "a", "b", "i", "100", "39", "or", "-good", "-a", "absent"],
  ...['"a b"', '"b a"', '-"a b"', '"good ärger"', '"100 a b"'],
);
const fullText = fc
  .array(fullTextItem, { minLength: 1, maxLength: 4 })
  // What stands without two sides is a word and no connective, which has no meaning of its own to test.
  .map((items) =>
    items.filter((item, at) => item !== "or" || (at > 0 && at < items.length - 1 && items[at - 1] !== "or")),
  )
  .filter((items) => items.length > 0)
  .map((items) => items.join(" "));

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
    fc.record(
      {
        regex: fc.constantFrom(
          ...["g.?d", "^[a-z]+\\b", "Ä(r|R)ger", "\\d$", "\\bσας", "😀|\\\\", "[^\\w\\s]"],
        ),
        flags: fc.constantFrom("c", "m", "cs"),
      },
      { requiredKeys: ["regex"] },
    ),
    fc.record({
      regex: fc.constantFrom("o{2} ", "^\\S+$", "k|ſ", "(?-i)GOOD", "\\p{Greek}{3}", "100%", "i .*3"),
    }),
    fc.record({ fullText: fullText }),
    fc.record({
      assignedTo: fc.constantFrom(...world.userIds.flatMap((id) => [id, `user:${id.toUpperCase()}`])),
    }),
    fc.constant({ flagged: true as const }),
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
        fc.constantFrom("==", "!=", "exists", "missing"),
        fc.constantFrom(...options),
        annotators,
        fc.constantFrom({ start: 0 }, { end: 4 }, { start: 3, end: 4 }, { start: 1 }),
      )
      .map(([op, value, by, borders]) => ({
        label: { name: "spans", op, value, annotators: by, ...borders },
      })),
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
