import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAggregation } from "@/server/modules/aggregation";
import { eraseRecord } from "@/server/modules/records";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { seededRandom } from "@/server/testing/seeded-random";
import { type Asked, readExport } from "./testing/read-export";

const RECORDS = 700;

let test: TestDatabase;
let world: LabelledProject;
let ids: string[];
let snapshot: string;
beforeAll(async () => {
  test = await createTestDatabase();
  world = await createLabelledProject(test.db);
  const records = Array.from({ length: RECORDS }, (_, at) => ({
    externalId: `id ${at}, "ü"`,
    content: `Line ${at}\r\n"second", ${"x".repeat(at % 90)}`,
  }));
  ids = [...(await addRecords(world, records)).values()];
  for (const value of ["pos", "neg"]) {
    const job = await addJob(world, value);
    await addLabels(
      world,
      job,
      ids.map((id, at) => [id, [at % 3 === 0 ? "neu" : value]]),
    );
  }
  snapshot = (await createAggregation(test.db, world.member, { label: "sentiment", policy: "majority" })).id;
});
afterAll(() => test.drop());

const read = (asked: Asked) => readExport(test, world.member, asked);

/** Where each row of a file ends, in bytes: a line end inside quotes is none. */
function rowEnds(file: Buffer): number[] {
  const ends: number[] = [];
  let quoted = false;
  file.forEach((byte, at) => {
    if (byte === 0x22) quoted = !quoted;
    if (byte === 0x0a && !quoted) ends.push(at + 1);
  });
  return ends;
}

/** The first cell of a row that begins at `start`; none of the ids here holds a comma outside of quotes. */
function firstCell(file: Buffer, start: number, format: "csv" | "jsonl"): string {
  const line = file.toString("utf8", start, start + 300);
  if (format === "jsonl")
    return (
      /^\{"(?:recordId|id)":("(?:[^"\\]|\\.)*")/
        .exec(line)
        ?.map((text, at) => (at === 1 ? JSON.parse(text) : text))[1] ?? ""
    );
  return line.startsWith('"')
    ? (/^"((?:[^"]|"")*)"/.exec(line)?.[1] ?? "").replaceAll('""', '"')
    : line.slice(0, line.indexOf(","));
}

const everyFormat = ["csv", "jsonl", "parquet", "labelstudio"] as const;
const snapshotFiles = () =>
  Promise.all(
    everyFormat.map(async (format) => (await read({ kind: "final", format, snapshot })).toString("latin1")),
  );
const setDeleted = (chosen: readonly string[], deletedAt: Date | null) =>
  test.db.record.updateMany({
    where: { projectId: world.project.id, id: { in: [...chosen] } },
    data: { deletedAt },
  });

describe("a download that was cut", () => {
  it.each([
    ["final", "csv"],
    ["final", "jsonl"],
    ["records", "csv"],
    ["records", "jsonl"],
    ["annotations", "csv"],
  ] as const)(
    "of %s as %s goes on after its last whole record, and both parts joined are the file",
    async (kind, format) => {
      const asked = { kind, format, ...(kind === "final" ? { snapshot } : {}) };
      const whole = await read(asked);
      expect(await read(asked)).toEqual(whole);
      // JSON has no line ends inside texts, nor quotes that matter here.
      const ends =
        format === "csv" ? rowEnds(whole) : [...whole].flatMap((byte, at) => (byte === 0x0a ? [at + 1] : []));
      const rowsEach = kind === "annotations" ? 2 : 1;
      const random = seededRandom(3);
      for (let cut = 0; cut < 6; cut++) {
        const at = Math.floor(whole.length * (0.05 + 0.9 * random()));
        const rows = ends.filter((end) => end <= at).length - (format === "csv" ? 1 : 0);
        const kept = Math.floor(rows / rowsEach) * rowsEach + (format === "csv" ? 1 : 0);
        const end = ends[kept - 1] ?? 0;
        const after = firstCell(whole, ends[kept - 2] ?? 0, format);
        const rest = await read({ ...asked, after });
        expect(Buffer.concat([whole.subarray(0, end), rest]).equals(whole)).toBe(true);
      }
      const last = firstCell(whole, ends.at(-2) ?? 0, format);
      expect((await read({ ...asked, after: last })).length).toBe(0);
    },
  );

  it("goes on after a record that was deleted meanwhile", async () => {
    const [first = "", second = "", third = ""] = ids;
    await setDeleted([first, second], new Date());
    const rest = await read({ kind: "final", format: "jsonl", snapshot, after: second });
    expect(rest.toString("utf8", 0, 60)).toContain(third);
    await setDeleted([first, second], null);
  });

  it.each([
    ["final labels of no named snapshot", { kind: "final", after: "x" }],
    ["a file that can't be joined", { kind: "records", format: "parquet", after: "x" }],
    ["another tool's file", { kind: "annotations", format: "doccano", after: "x" }],
    ["a record that isn't there", { kind: "annotations", after: "x" }],
    ["a snapshot of records", { kind: "records", snapshot: "01a21036-8fbb-74eb-96c6-b6a662f45df3" }],
    ["one annotator's records", { kind: "records", annotator: "01a21036-8fbb-74eb-96c6-b6a662f45df3" }],
    ["verdicts in another tool's format", { kind: "verifications", format: "spacy" }],
  ] as const)("or asks for %s is refused", async (_what, asked) => {
    expect(await errorCode(read(asked))).toBe("invalid");
  });
});

describe("a snapshot", () => {
  it("exports the same bytes although records were deleted since; a query finds records as they are", async () => {
    const before = await snapshotFiles();
    const deleted = ids.slice(3, 9);
    await setDeleted(deleted, new Date());
    expect(await snapshotFiles()).toEqual(before);
    const query = JSON.stringify({ ids: ids.slice(0, 10) });
    const found = await read({ kind: "final", format: "jsonl", snapshot, query });
    expect(found.toString().trim().split("\n")).toHaveLength(4);
    const records = await read({ kind: "records", format: "jsonl" });
    expect(records.toString().trim().split("\n")).toHaveLength(RECORDS - deleted.length);
    await setDeleted(deleted, null);
  });

  it("keeps the row of an erased record, without its text", async () => {
    const [id = ""] = ids;
    const rows = async () =>
      (await read({ kind: "final", format: "jsonl", snapshot }))
        .toString()
        .trim()
        .split("\n")
        .map((line): { content: string } => JSON.parse(line));
    const [first, ...others] = await rows();
    await eraseRecord(test.db, world.member, { id, confirm: 'id 0, "ü"' });
    expect(first?.content).not.toBe("");
    expect(await rows()).toEqual([{ ...first, content: "" }, ...others]);
  });
});
