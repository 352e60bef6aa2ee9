import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareOps, type Query } from "../query";
import { readQuery } from "../read-query";
import { parseQueryText, printQueryText, type QueryNames } from ".";

const ana = "019a0000-0000-7000-8000-00000000000a";
const job = "019a0000-0000-7000-8000-00000000000b";
const other = "019a0000-0000-7000-8000-00000000000c";
const names: QueryNames = {
  annotators: [
    { id: ana, name: "Ana Müller" },
    { id: job, name: "GPT run, 3rd" },
    { id: other, name: "twice" },
    { id: "019a0000-0000-7000-8000-00000000000d", name: "twice" },
  ],
  subsets: [{ id: other, name: 'hard "ones"' }],
  labels: ["sentiment"],
};

const name = fc.oneof(
  fc.constantFrom(
    "price",
    "a name – with dashes",
    "情感",
    'say "so"',
    "a.b",
    "true",
    "1",
    "and",
    "label:x",
    "a\\b",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }).filter((text) => !text.includes("\0")),
);
const text = fc.oneof(
  name,
  fc.constantFrom(
    "good",
    "good food",
    "rock and roll",
    "do not",
    "{}",
    "a, b",
    "(",
    "conf < 1",
    "\n",
    "all(a)",
  ),
);
const id = fc.constantFrom(ana, job, other);
const refs = fc.array(
  fc.oneof(
    id,
    id.map((one) => `job:${one}`),
    id.map((one) => `user:${one.toUpperCase()}`),
  ),
  { maxLength: 3 },
);
const json = fc
  .jsonValue({ maxDepth: 2, depthSize: "small" })
  .filter((value) => value !== null) as fc.Arbitrary<string | number | boolean>;
const test = fc.oneof(
  fc.record({ op: fc.constant("exists" as const), value: fc.boolean() }, { requiredKeys: ["op"] }),
  fc.record({
    op: fc.constantFrom(...compareOps.filter((op) => op !== "exists")),
    value: fc.oneof(json, text),
  }),
);
const options = fc.oneof(text, fc.array(text, { maxLength: 3 }));
const borders = fc.record(
  { start: fc.integer({ min: 0, max: 9 }), end: fc.integer({ min: 10, max: 99 }) },
  { requiredKeys: [] },
);
const optional = <T>(arbitrary: fc.Arbitrary<T>, key: string) =>
  fc.oneof(
    fc.constant({}),
    arbitrary.map((value) => ({ [key]: value })),
  );
const merged = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((each) => Object.assign({}, ...each));

const predicate: fc.Arbitrary<unknown> = fc.oneof(
  merged(fc.record({ keyword: text }), optional(fc.boolean(), "caseSensitive")),
  merged(
    fc.record({ regex: fc.oneof(text, fc.constantFrom("a/b", "a\\/b", "\\", "/", "a b", "[/]", '"')) }),
    optional(fc.constantFrom("", "c", "ms"), "flags"),
  ),
  fc.record({ fullText: text }),
  fc.record({ ids: fc.array(id, { maxLength: 3 }) }),
  fc.record({ externalIds: fc.array(fc.oneof(text, fc.constant("")), { maxLength: 3 }) }),
  merged(fc.record({ name }), test).map((metadata) => ({ metadata })),
  fc.record({ annotator: refs.filter((ids) => ids.length > 0) }),
  merged(
    fc.record({ name, op: fc.constantFrom("==", "!="), value: options }),
    optional(refs, "annotators"),
    borders,
  ).map((label) => ({ label })),
  merged(
    fc.record({ name, op: fc.constantFrom("exists", "missing") }),
    optional(options, "value"),
    optional(refs, "annotators"),
    borders,
  ).map((label) => ({ label })),
  merged(fc.record({ name, op: fc.constantFrom("conflicts", "doubted") }), optional(refs, "annotators")).map(
    (label) => ({
      label,
    }),
  ),
  merged(
    fc.record({ label: name, name: fc.oneof(name, fc.constant("conf")) }),
    test,
    optional(refs, "annotators"),
  ).map((labelMetadata) => ({ labelMetadata })),
  merged(
    fc.record({ label: name, mode: fc.constantFrom("ALL", "VERIFIED", "UNVERIFIED") }),
    optional(refs, "jobIds"),
    optional(fc.constantFrom("CONFIRMS", "CORRECTS", "UNSURE"), "status"),
    optional(refs, "verifierIds"),
  ).map((verification) => ({ verification })),
  refs.filter((ids) => ids.length > 0).map(([assignedTo]) => ({ assignedTo })),
  fc.constant({ flagged: true }),
  fc.record({ subset: id }),
  merged(fc.record({ recordId: id, limit: fc.constantFrom(1, 50, 1000) }), optional(name, "metadata")).map(
    (similarTo) => ({ similarTo }),
  ),
  fc.record({
    createdAt: fc.record({
      op: fc.constantFrom(...compareOps.filter((op) => op !== "exists")),
      value: fc.constantFrom("2024-01-31T00:00:00Z", "2024-01-31T10:20:30.123Z", "2024-01-31T00:00Z"),
    }),
  }),
);
const tree = fc
  .letrec<{ query: unknown }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 5 },
      { weight: 3, arbitrary: predicate },
      { weight: 1, arbitrary: fc.record({ and: fc.array(tie("query"), { minLength: 1, maxLength: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ or: fc.array(tie("query"), { minLength: 1, maxLength: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ not: tie("query") }) },
    ),
  }))
  .query.map((json) => readQuery(json))
  .filter(({ problems }) => problems.length === 0)
  .map(({ query }): Query => query ?? { keyword: "a" });

describe("the text of a query", () => {
  it("is read back to the same tree, for 6,000 random ones", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(tree, fc.boolean(), (query, named) => {
        const known = named ? names : {};
        const printed = printQueryText(query, known);
        seen.add(printed.replace(/[\s.:(].*/s, ""));
        expect(parseQueryText(printed, known)).toEqual({ query, problems: [] });
      }),
      { numRuns: 6000, seed: 7 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        "text",
        "fulltext",
        "metadata",
        "label",
        "labelled",
        "assigned",
        "is",
        "subset",
        "similar",
      ]),
    );
  });

  it("is told what is wrong with it, or understood, whatever it is", () => {
    const pieces = fc.constantFrom(
      ...'and or not ( ) < = ~ , all( any( label: metadata. conf by at 3-7 [ ] { } "a" " / // \\ in id: record:'.split(
        " ",
      ),
      ...[
        "text ~",
        "created >",
        "fulltext(",
        "similar to",
        "subset:",
        "1",
        "verified",
        ana,
        "é",
        "\ud800",
        "\n",
      ],
    );
    const any = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.array(pieces, { maxLength: 9 }).map((parts) => parts.join(" ")),
      fc.array(pieces, { maxLength: 9 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(any, (written) => {
        const { query, problems } = parseQueryText(written, names);
        if (problems.length === 0) {
          expect(parseQueryText(printQueryText(query))).toEqual({ query, problems: [] });
          return;
        }
        expect(query).toBeNull();
        for (const { at, length, column, message } of problems) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at + length).toBeLessThanOrEqual(written.length);
          expect(column).toBe(Array.from(written.slice(0, at)).length + 1);
          expect(message).toMatch(/[.:]$/);
        }
      }),
      { numRuns: 10_000, seed: 8 },
    );
  });

  it.each<[string, Query]>([
    ["  good   food ", { keyword: "good   food" }],
    ["rock, paper, scissors", { keyword: "rock, paper, scissors" }],
    ["do not like", { keyword: "do not like" }],
    ["good AND NOT bad", { and: [{ keyword: "good" }, { not: { keyword: "bad" } }] }],
    ["a or b and c", { or: [{ keyword: "a" }, { and: [{ keyword: "b" }, { keyword: "c" }] }] }],
    ["(a or b) and c", { and: [{ or: [{ keyword: "a" }, { keyword: "b" }] }, { keyword: "c" }] }],
    [
      "conf < 0.9 and label:sentiment = neg",
      {
        and: [
          { labelMetadata: { label: "sentiment", name: "conf", op: "<", value: 0.9 } },
          { label: { name: "sentiment", op: "==", value: "neg" } },
        ],
      },
    ],
    [
      'label:topic = x by "GPT run, 3rd" and conf missing',
      {
        and: [
          { label: { name: "topic", op: "==", value: "x", annotators: [job] } },
          { labelMetadata: { label: "topic", name: "conf", op: "exists", value: false, annotators: [job] } },
        ],
      },
    ],
    ["conf >= .5", { labelMetadata: { label: "sentiment", name: "conf", op: ">=", value: 0.5 } }],
    ["metadata.zip = 007", { metadata: { name: "zip", op: "==", value: "007" } }],
    ["text ~ /a\\/b/i", { regex: "a/b" }],
    ["text ~ /a/c", { regex: "a", flags: "c" }],
    ['metadata."my name" >= 3', { metadata: { name: "my name", op: ">=", value: 3 } }],
    ['metadata.x = "3"', { metadata: { name: "x", op: "==", value: "3" } }],
    ['metadata.tags = [1, "a b"]', { metadata: { name: "tags", op: "==", value: [1, "a b"] } }],
    [
      "label:sentiment corrected",
      { verification: { label: "sentiment", mode: "VERIFIED", status: "CORRECTS" } },
    ],
    [
      `label:sentiment unverified of job:${job}`,
      { verification: { label: "sentiment", mode: "UNVERIFIED", jobIds: [`job:${job}`] } },
    ],
    ["label:place = x at 3-7", { label: { name: "place", op: "==", value: "x", start: 3, end: 7 } }],
    ['subset:"hard \\"ones\\""', { subset: other }],
    ['assigned to "ana müller"', { assignedTo: ana }],
    ["is flagged", { flagged: true }],
    ["not is flagged", { not: { flagged: true } }],
    ["is it flagged", { keyword: "is it flagged" }],
    ["created > 2024-01-31", { createdAt: { op: ">", value: "2024-01-31T00:00:00Z" } }],
    ["id:a1", { externalIds: ["a1"] }],
    [`similar to ${ana} top 5`, { similarTo: { recordId: ana, limit: 5 } }],
    ['fulltext("black cat -dog")', { fullText: "black cat -dog" }],
    ['exactly "Good"', { keyword: "Good", caseSensitive: true }],
    ['{"or":[{"keyword":"a"}]}', { or: [{ keyword: "a" }] }],
    ["all(a)", { and: [{ keyword: "a" }] }],
  ])("%s", (written, query) => {
    expect(parseQueryText(written, names)).toEqual({ query, problems: [] });
  });

  it.each<[string, string, RegExp]>([
    ["label:sentiment =", "", /Expected a value after "="/],
    ["metadata.price <  ", "", /Expected a value after "<"/],
    ["price < 3", "price", /metadata\.name/],
    ["< 3", "<", /Expected a name before "<"/],
    ["a and", "", /Expected a condition after "and"/],
    ["or a", "or", /Expected a condition before "or"/],
    ["(a or b", "(", /never closed; add "\)"/],
    ["a) and b", ")", /closes nothing/],
    ['"a', '"', /quotation mark is never closed/],
    ['"a\\q"', "\\q", /means nothing/],
    ['a "b"', '"', /Expected "and" or "or"/],
    ["label:sentiment = very good", "good", /quotation marks/],
    ["label:topic.conf < 1 or conf < 1 and label:a exists and label:b exists", "conf", /label:a\.conf/],
    ["text ~ /a", "/", /never closed/],
    ["text ~ /a/x", "x", /may stand here/],
    ["metadata.x ~ 1", "~", /compares the text alone/],
    ["metadata.x = null", "null", /missing/],
    ["created = 2024-01-31", "2024-01-31", /not one moment/],
    ["created > today", "today", /2024-01-31/],
    ["labelled by Bob", "Bob", /no person or job called "Bob"/],
    ["assigned to twice", "twice", /more than one/],
    ["subset:easy", "easy", /no subset called "easy"/],
    ["x and label:a conflicts at 3-7", "label:a conflicts at 3-7", /conflicts/],
    ["not ".repeat(25).concat("a"), "not ".repeat(5).concat("a"), /nested deeper than 20/],
    ["(".repeat(5000), "(", /nested deeper/],
    ["x or ".repeat(200).concat("😀"), "", /more than 200/],
    ['{"keyword":', '{"keyword":', /not JSON/],
  ])("points at what is wrong with %s", (written, piece, message) => {
    const { query, problems } = parseQueryText(written, names);
    expect(query).toBeNull();
    const [first] = problems;
    if (piece !== "") expect(written.slice(first?.at, (first?.at ?? 0) + (first?.length ?? 0))).toBe(piece);
    expect(first?.message).toMatch(message);
  });

  it("counts columns in characters and places in units of the text field", () => {
    expect(parseQueryText("😀 and (").problems).toEqual([
      { at: 8, length: 0, column: 8, message: expect.stringMatching(/Expected a condition/) },
    ]);
  });

  it("shows names where they mean one thing, and ids elsewhere", () => {
    const query = { label: { name: "tone", op: "exists" as const, annotators: [ana, other, `job:${job}`] } };
    expect(printQueryText(query, names)).toBe(`label:tone exists by "Ana Müller", ${other}, job:${job}`);
    expect(printQueryText({ subset: other }, names)).toBe('subset:"hard \\"ones\\""');
  });
});
