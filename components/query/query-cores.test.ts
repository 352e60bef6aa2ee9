import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Predicate, Query, SortKey } from "@/contracts/query";
import { joinKeyword, splitKeyword } from "./keyword-part";
import { countConditions, fromDraft, newCondition, newGroup, toDraft, withPart } from "./query-draft";
import { parseQueryText, printQuery } from "./query-text";
import { printRecordsAddress, readRecordsAddress } from "./records-address";

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((one) => !one.includes("\0"));
const predicate: fc.Arbitrary<Predicate> = fc.oneof(
  fc.record({ keyword: text }),
  fc.record({ keyword: text, caseSensitive: fc.boolean() }),
  fc.record({
    metadata: fc.record({ name: text, op: fc.constant("==" as const), value: fc.oneof(text, fc.integer()) }),
  }),
  fc.record({ label: fc.record({ name: text, op: fc.constant("exists" as const) }) }),
  fc.record({ ids: fc.array(fc.uuid(), { maxLength: 2 }) }),
);
const query: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4 },
    { weight: 3, arbitrary: predicate },
    { weight: 1, arbitrary: fc.record({ and: fc.array(tie("query"), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ or: fc.array(tie("query"), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie("query") }) },
  ),
})).query;

/** The same question without groups of one. */
function plain(one: Query): Query {
  if ("not" in one) return { not: plain(one.not) };
  const parts = "and" in one ? one.and : "or" in one ? one.or : null;
  if (!parts) return one;
  const [first, ...others] = parts.map(plain);
  if (first && others.length === 0) return first;
  return "and" in one ? { and: parts.map(plain) } : { or: parts.map(plain) };
}

/** Whether it holds when each predicate holds or not by its JSON: enough to tell two trees apart. */
function holds(one: Query, truth: (key: string) => boolean): boolean {
  if ("and" in one) return one.and.every((part) => holds(part, truth));
  if ("or" in one) return one.or.some((part) => holds(part, truth));
  return "not" in one ? !holds(one.not, truth) : truth(JSON.stringify(one));
}

describe("the text of a query", () => {
  it("is read back as the same query", () => {
    fc.assert(
      fc.property(query, (one) => {
        expect(parseQueryText(printQuery(one))).toEqual({ query: one, problems: [] });
      }),
    );
    expect(parseQueryText(printQuery(null))).toEqual({ query: null, problems: [] });
  });

  it("is the words themselves for a keyword, and still the tree as JSON for who has a link with one", () => {
    expect(printQuery({ keyword: "late flight" })).toBe("late flight");
    expect(printQuery({ keyword: "{late" })).toBe('"{late"');
    const old = { and: [{ keyword: "a" }, { metadata: { name: "b c", op: "==", value: 1 } }] };
    expect(parseQueryText(JSON.stringify(old))).toEqual({ query: old, problems: [] });
    expect(parseQueryText('{"and":[{"keyword":"a"},{"colour":1}]}').problems[0]?.message).toMatch(
      /query\.and\.1\.colour/,
    );
    expect(parseQueryText('{"and":').problems[0]?.message).toMatch(/not JSON/);
  });
});

describe("the address of the records", () => {
  const sorts: fc.Arbitrary<SortKey[]> = fc.array(
    fc.oneof(
      fc.record({
        by: fc.constantFrom("position", "externalId", "metadata.a b-c", "metadata.-x"),
        order: fc.constantFrom("asc", "desc"),
      }),
      fc.record({
        by: fc.constant("conf"),
        order: fc.constantFrom("asc", "desc"),
        label: text,
        annotator: fc.uuid(),
      }),
    ),
    { maxLength: 3 },
  );
  it("is read back as what it was written from", () => {
    fc.assert(
      fc.property(fc.option(query), sorts, fc.option(fc.uuid()), (one, sort, recordId) => {
        const written = printRecordsAddress({ query: one, sort, recordId });
        expect(readRecordsAddress(new URLSearchParams(written))).toEqual({
          query: one,
          sort,
          recordId,
          problems: [],
          text: printQuery(one),
          view: null,
        });
      }),
    );
  });

  it("survives what somebody typed into it", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (q, sort) => {
        const { problems, query: read } = readRecordsAddress(new URLSearchParams({ q, sort }));
        expect(read === null || problems.length === 0).toBe(true);
      }),
    );
    expect(readRecordsAddress(new URLSearchParams({ sort: '["speed",{"by":"conf"}]' })).sort).toEqual([
      { by: "conf", order: "asc" },
    ]);
  });
});

describe("the builder's draft", () => {
  it("means the same query", () => {
    fc.assert(
      fc.property(query, (one) => {
        const back = fromDraft(toDraft(one));
        expect(back).toEqual(plain(one));
      }),
    );
  });

  it("replaces and removes one part and keeps the others", () => {
    const [a, b, c] = ["a", "b", "c"].map((keyword) => newCondition({ keyword }));
    if (!a || !b || !c) throw new Error("three conditions");
    const inner = newGroup([b, c], "or");
    const root = newGroup([a, inner]);
    expect(fromDraft(withPart(root, b.key, null))).toEqual({ and: [{ keyword: "a" }, { keyword: "c" }] });
    expect(fromDraft(withPart(root, inner.key, { ...inner, negated: true }))).toEqual({
      and: [{ keyword: "a" }, { not: { or: [{ keyword: "b" }, { keyword: "c" }] } }],
    });
    expect(fromDraft(withPart(root, root.key, null))).toEqual(fromDraft(root));
    expect(countConditions(root)).toBe(3);
    expect(fromDraft(newGroup([newGroup()]))).toBeNull();
  });
});

describe("the keyword beside the builder", () => {
  it("is taken out and put back without changing the question", () => {
    fc.assert(
      fc.property(query, fc.func(fc.boolean()), (one, truth) => {
        const back = joinKeyword(splitKeyword(one));
        expect(back && holds(back, truth)).toBe(holds(one, truth));
      }),
    );
  });

  it("is found alone or first", () => {
    expect(splitKeyword({ keyword: "a" })).toEqual({ keyword: "a", rest: null });
    expect(splitKeyword({ and: [{ keyword: "a" }, { keyword: "b" }] })).toEqual({
      keyword: "a",
      rest: { keyword: "b" },
    });
    expect(splitKeyword({ or: [{ keyword: "a" }] }).keyword).toBe("");
    expect(joinKeyword({ keyword: " ", rest: null })).toBeNull();
  });
});
