import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { listVectorSpaces, putVectors } from "..";
import { importBytes, importText } from "./testing/import-bytes";

let test: TestDatabase;
let member: ProjectActor;
beforeAll(async () => {
  test = await createTestDatabase();
});
beforeEach(async () => {
  ({ administrator: member } = await createTestProject(test.db));
});
afterAll(() => test.drop());

const options = { id: "id", metadata: ["v", "n"], types: { v: "vector" } } as const;
const given = { ...options, metadata: [...options.metadata] };

/** The vectors of each record, by its external id. */
async function vectors(name = "v"): Promise<Record<string, number[]>> {
  const { projectId } = member;
  const rows = await test.pool.query<{ externalId: string; values: number[] }>(
    `select r."externalId", v."values" from "RecordVector" v join "Record" r on r."id" = v."recordId"
     where v."projectId" = $1 and v."name" = $2 order by 1`,
    [projectId, name],
  );
  return Object.fromEntries(rows.rows.map(({ externalId, values }) => [externalId, values.map(Math.fround)]));
}

const codes = (run: { errors: { line: number; code: string; message: string }[] }) =>
  run.errors.map(({ line, code }) => `${line} ${code}`);

it("takes a column of vectors to the vectors of its name, and refuses what is none", async () => {
  const rows = [
    'a,one,"[0.5, -1]",1',
    "b,two,,2",
    'c,three,"[1,2,3]",3',
    'd,four,"[0,0]",4',
    'e,five,"[1,""x""]",5',
    "f,six,no,6",
    'g,seven,"[1e39,1]",7',
    'h,eight,"[2,3]",8',
    'i,nine,"[]",9',
  ];
  const run = await importText(test, member, `id,content,v,n\n${rows.join("\n")}\n`, given);
  expect(codes(run)).toEqual(["4", "5", "6", "7", "8", "10"].map((line) => `${line} bad_type`));
  expect(run.errors[0]?.message).toBe('"v" has 3 numbers; vectors of this name have 2.');
  expect(run).toMatchObject({ status: "succeeded", imported: 3, refused: 6 });
  expect(await vectors()).toEqual({ a: [0.5, -1], h: [2, 3] });
  expect(await listVectorSpaces(test.db, member)).toMatchObject({
    items: [{ name: "v", dimensions: 2, source: "given", records: 2 }],
  });
  const record = await test.db.record.findFirstOrThrow({
    where: { projectId: member.projectId, externalId: "a" },
  });
  expect(record.metadata).toEqual({ n: 1 });
  const names = await test.db.metadataName.findMany({ where: { projectId: member.projectId } });
  expect(names.map(({ name }) => name)).toEqual(["n"]);
  const task = await test.db.task.findFirst({
    where: { kind: "index-vectors", key: `index-vectors:${member.projectId}:v` },
  });
  expect(task).not.toBeNull();
});

it("reads arrays and texts of JSON Lines, longer than any metadata value may be", async () => {
  const long = Array.from({ length: 2000 }, (_, at) => Math.fround(Math.sin(at + 1)));
  const lines = [
    { id: "a", content: "one", v: long, n: 1 },
    { id: "b", content: "two", v: JSON.stringify(long), n: [1] },
    { id: "c", content: "three", v: { x: 1 } },
    { id: "d", content: "four", v: null },
  ];
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  const run = await importText(test, member, text, { ...given, format: "jsonl" });
  expect(codes(run)).toEqual(["3 bad_type"]);
  expect(await vectors()).toEqual({ a: long, b: long });
});

it("reads lists of Parquet files", async () => {
  const text = { type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" } as const;
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: "id", data: ["a", "b", "c"] },
      { name: "content", data: ["one", "two", "three"] },
      { name: "v", data: [[0.5, -1], null, [2, 3, 4]] },
    ],
    schema: [
      { name: "root", num_children: 3 },
      { name: "id", ...text },
      { name: "content", ...text },
      { name: "v", repetition_type: "OPTIONAL", converted_type: "LIST", num_children: 1 },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      { name: "element", type: "FLOAT", repetition_type: "OPTIONAL" },
    ],
  });
  const run = await importBytes(
    test,
    member,
    { bytes: new Uint8Array(bytes) },
    { ...given, metadata: ["v"], format: "parquet" },
  );
  expect(codes(run)).toEqual(["3 bad_type"]);
  expect(await vectors()).toEqual({ a: [0.5, -1] });
});

it("keeps to the length that the project's vectors of the name have", async () => {
  await importText(test, member, "id,content\na,one\n", { id: "id" });
  await putVectors(test.db, member, { name: "v", values: [{ externalId: "a", vector: [1, 2, 3] }] });
  const run = await importText(test, member, 'id,content,v,n\nb,two,"[1,2]",1\nc,three,"[4,5,6]",1\n', given);
  expect(codes(run)).toEqual(["2 bad_type"]);
  expect(await vectors()).toEqual({ a: [1, 2, 3], c: [4, 5, 6] });
});

it("gives a known record new vectors by `update` alone; of several rows the last decides", async () => {
  const file = (rows: string[]) => `id,content,v,n\n${rows.join("\n")}\n`;
  await importText(test, member, file(['a,one,"[1,1]",1', 'b,two,"[2,2]",1', 'c,three,"[3,3]",1']), given);
  const again = file(['a,one,"[9,9]",1', 'a,one,"[8,8]",1', 'b,two,"[2,2]",1', "c,drei,,1"]);
  expect(await importText(test, member, again, given)).toMatchObject({ skipped: 4 });
  expect(await vectors()).toEqual({ a: [1, 1], b: [2, 2], c: [3, 3] });
  const run = await importText(test, member, again, { ...given, onExisting: "update" });
  expect(run).toMatchObject({ updated: 3, skipped: 1, refused: 0 });
  expect(await vectors()).toEqual({ a: [8, 8], b: [2, 2] });
});
