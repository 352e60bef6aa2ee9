import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonValue } from "@/contracts/common";
import type { ProjectActor } from "@/server/modules/access";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { queryRows } from "@/server/platform/sql";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { parseQuery, selectRecordIds } from ".";
import { storeWorld } from "./testing/store-world";
import type { WorldAnnotation, WorldRecord } from "./testing/world";

let test: TestDatabase;
let actor: ProjectActor;
const [ana, ben] = [newId(), newId()];
const [job, other] = [newId(), newId()];

/** Records named by letters; what each rule is about stands in them. */
const texts: Record<string, { content: string; metadata?: Record<string, JsonValue> }> = {
  a: { content: "100% SURE_of it", metadata: { n: 1, s: "Z", day: "2024-02-01", "my name": true } },
  b: { content: "1000 sure of it\\", metadata: { n: 10, s: "a", day: "2024-01-31" } },
  c: { content: "Straße", metadata: { n: "1", s: "\uFFFD", list: [1, 2] } },
  d: { content: "İstanbul ΟΔΟΣ", metadata: { n: null, s: "😀" } },
};
const records = Object.entries(texts).map(
  ([externalId, { content, metadata = {} }], position): WorldRecord => ({
    id: newId(),
    externalId,
    content,
    metadata,
    position,
    createdAt: new Date(Date.UTC(2026, 0, 1 + position)),
    deleted: false,
  }),
);
const idOf = (letter: string) => records.find(({ externalId }) => externalId === letter)?.id ?? "";

function annotation(
  letter: string,
  annotatorId: string,
  value: string[],
  more: Partial<WorldAnnotation> = {},
): WorldAnnotation {
  const plain = { label: "tone", start: -1, conf: null, metadata: {} };
  return { id: newId(), recordId: idOf(letter), annotatorId, value, ...plain, ...more };
}
const annotations = [
  annotation("a", job, ["pos"], { conf: 0.9 }),
  annotation("a", other, ["neg"], { conf: 0.1 }),
  annotation("b", job, ["neg", "pos"], { conf: null }),
  annotation("b", ana, ["neg", "pos"]),
  annotation("c", job, ["neg"], { label: "place", start: 0 }),
  annotation("c", ana, ["pos"], { label: "place", start: 3 }),
];
const verdict = (at: number, status: "CONFIRMS" | "UNSURE" | null, current: boolean) => ({
  annotationId: annotations[at]?.id ?? "",
  recordId: annotations[at]?.recordId ?? "",
  verifierId: ben,
  status,
  current,
});

beforeAll(async () => {
  test = await createTestDatabase();
  actor = (await createTestProject(test.db)).administrator;
  const world = {
    projectId: actor.projectId,
    jobIds: [job, other],
    userIds: [ana, ben],
    records,
    annotations,
    verdicts: [verdict(0, "CONFIRMS", true), verdict(2, "CONFIRMS", false), verdict(4, null, true)],
    subsets: new Map(),
    members: new Map(),
    shares: new Map(),
    assigned: new Map(),
    opened: new Map(),
    flags: { open: new Set<string>(), settled: new Set<string>() },
  };
  await storeWorld(test.db, world, actor.userId);
});
afterAll(() => test.drop());

/** The letters that a query finds, or the code and the place of its refusal. */
async function find(query: unknown): Promise<string> {
  try {
    const select = await selectRecordIds(test.db, actor, parseQuery(query));
    const rows = await queryRows<{ id: string }>(test.db, select);
    return rows.map(({ id }) => records.find((record) => record.id === id)?.externalId).join("");
  } catch (error) {
    if (!isAppError(error)) throw error;
    return `${error.code} ${error.errors?.[0]?.path}`;
  }
}

const metadata = (name: string, op: string, value?: JsonValue) => ({
  metadata: { name, op, ...(value === undefined ? {} : { value }) },
});
const tone = (op: string, value?: JsonValue, annotators?: string[]) => ({
  label: {
    name: "tone",
    op,
    ...(value === undefined ? {} : { value }),
    ...(annotators ? { annotators } : {}),
  },
});
const conf = (op: string, value: JsonValue, annotators?: string[]) => ({
  labelMetadata: { label: "tone", name: "conf", op, value, ...(annotators ? { annotators } : {}) },
});
const verified = (mode: string, more: object = {}) => ({ verification: { label: "tone", mode, ...more } });
const place = (borders: object, op = "exists") => ({ label: { name: "place", op, ...borders } });

describe("the meaning of a query", () => {
  it.each<[string, unknown, string]>([
    ["nothing finds all, in the order of import", undefined, "abcd"],
    ["an empty object finds all", {}, "abcd"],
    ["a missing field satisfies no comparison", metadata("my name", "!=", "x"), "a"],
    ["null counts as missing", metadata("n", "!=", 7), "abc"],
    ["not is the complement, with what is missing", { not: metadata("n", "!=", 7) }, "d"],
    ["exists false is absent", metadata("n", "exists", false), "d"],
    ["exists without a value is there", metadata("n", "exists"), "abc"],
    ["a number compares with numbers", metadata("n", ">=", 1), "ab"],
    ["a text that is a number is a text", metadata("n", "==", "1"), "c"],
    ["different types are different", metadata("n", "!=", 1), "bc"],
    ["a text is compared by code point", metadata("s", "<", "a"), "a"],
    ["also outside the basic plane", metadata("s", ">", "\uFFFD"), "d"],
    ["a date is a text", metadata("day", "<", "2024-02"), "b"],
    ["a list is equal to the same list", metadata("list", "==", [1, 2]), "c"],
    ["a name may have spaces", metadata("my name", "==", true), "a"],
    ["an option is a set of one", tone("==", "pos"), "a"],
    ["a set is equal in any order", tone("==", ["pos", "neg", "pos"]), "b"],
    ["!= needs an annotation that differs", tone("!=", "pos"), "ab"],
    ["missing is no annotation by these", tone("missing", undefined, [other]), "bcd"],
    ["conflicts are values that differ", tone("conflicts"), "a"],
    ["of those that are named", tone("conflicts", undefined, [job, ana]), ""],
    ["spans are in no conflict", { label: { name: "place", op: "conflicts" } }, ""],
    ["a span is found by its borders", place({ start: 3, end: 4 }), "c"],
    ["by one of them", place({ end: 1 }), "c"],
    ["not by others", place({ start: 1 }), ""],
    ["missing there", place({ start: 0, end: 9 }, "missing"), "abcd"],
    ["a keyword has no case", { keyword: "SURE" }, "ab"],
    ["unless it is told", { keyword: "SURE", caseSensitive: true }, "a"],
    ["a per cent sign is a character", { keyword: "0% s" }, "a"],
    ["so is a low line", { keyword: "e_o" }, "a"],
    ["and a backslash", { keyword: "\\" }, "b"],
    ["folding is simple: ß is no ss", { keyword: "STRASSE" }, ""],
    ["the dotted I is an i", { keyword: "ist" }, "d"],
    ["by any of these annotators, in any form of the id", { annotator: [`job:${other}`, ana] }, "abc"],
    ["no confidence is below nothing", conf("<", 2), "a"],
    ["nor is it there", conf("exists", false), "b"],
    ["verified is a current verdict by anybody", verified("VERIFIED"), "a"],
    ["of these jobs", verified("VERIFIED", { jobIds: [other] }), ""],
    ["unverified is a job's label without one", verified("UNVERIFIED"), "ab"],
    ["of these jobs alone", verified("UNVERIFIED", { jobIds: [job] }), "b"],
    ["of some kind", verified("ALL", { status: "CONFIRMS", verifierIds: [`user:${ben}`] }), "a"],
    ["not of another", verified("VERIFIED", { status: "UNSURE" }), ""],
    ["record ids", { ids: records.slice(1, 3).map(({ id }) => id) }, "bc"],
    ["external ids", { externalIds: ["d", "a", "z"] }, "ad"],
    ["when it was imported", { createdAt: { op: ">", value: "2026-01-02T00:00:00Z" } }, "cd"],
    ["words", { fullText: "sure of" }, "ab"],
    ["an expression", { regex: "^1\\d{2}\\b" }, "a"],
  ])("%s", async (_rule, query, letters) => {
    expect(await find(query)).toBe(letters);
  });

  it.each<[string, unknown, string]>([
    [
      "neighbours in an and with the same annotators meet on one label",
      { and: [tone("==", "pos", [job, other]), conf("<", 0.5, [other, job])] },
      "",
    ],
    ["without annotators each stands alone", { and: [tone("==", "pos"), conf("<", 0.5)] }, "a"],
    ["so do those with others", { and: [tone("==", "pos", [job, other]), conf("<", 0.5, [other])] }, "a"],
    [
      "and those under an or between them",
      { and: [tone("==", "pos", [job, other]), { or: [conf("<", 0.5, [job, other])] }] },
      "a",
    ],
    [
      "and those under a not",
      { and: [tone("==", "pos", [job, other]), { not: { not: conf("<", 0.5, [job, other]) } }] },
      "a",
    ],
    [
      "verdicts too",
      { and: [tone("==", "neg", [job, other]), verified("VERIFIED", { jobIds: [job, other] })] },
      "",
    ],
  ])("%s", async (_rule, query, letters) => {
    expect(await find(query)).toBe(letters);
  });

  it.each<[string, unknown, string]>([
    ["an empty keyword", { keyword: "" }, "invalid_query query.keyword"],
    ["an unknown key", { or: [{ colour: 1 }] }, "invalid_query query.or.0.colour"],
    ["an empty list of conditions", { and: [] }, "invalid_query query.and"],
    ["two predicates at once", { keyword: "a", regex: "b" }, "invalid_query query"],
    ["borders of a conflict", place({ start: 1 }, "conflicts"), "invalid_query query.label.start"],
    ["borders the wrong way round", place({ start: 3, end: 3 }), "invalid_query query.label.end"],
    ["a flag twice", { regex: "a", flags: "cc" }, "invalid_query query.flags"],
    ["an expression RE2 does not know", { not: { regex: "(a)\\1" } }, "invalid_regex query.not.regex"],
    ["a text without words", { fullText: "%%" }, "invalid_query query.fullText"],
    ["nobody's assignments", { assignedTo: "me" }, "invalid_query query.assignedTo"],
    ["a subset that is not there", { not: { subset: ana } }, "invalid_query query.not.subset"],
  ])("refuses %s", async (_what, query, refusal) => {
    expect(await find(query)).toBe(refusal);
  });
});
