import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { createProject } from "@/server/modules/projects";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor, createMember } from "@/server/testing/people";
import { deleteRecord, eraseRecord, putVectors } from "..";
import { importBytes, importText, queueBytes } from "./testing/import-bytes";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function newMember(): Promise<ProjectActor> {
  const project = await createProject(test.db, await createActor(test.db), { name: "Imports" });
  return createMember(test.db, { project, role: "administrator" });
}

async function recordsOf({ projectId }: ProjectActor) {
  const rows = await test.db.record.findMany({ where: { projectId }, orderBy: { position: "asc" } });
  return rows.map(({ externalId, content, metadata }) => ({ id: externalId, content, metadata }));
}

const idOf = (records: { id: string; externalId: string }[], externalId: string): string =>
  records.find((record) => record.externalId === externalId)?.id ?? "";

const codes = (run: { errors: { line: number; code: string }[] }) =>
  run.errors.map(({ line, code }) => `${line} ${code}`);

describe("an import", () => {
  it("of a small file goes before all that is long, and a large one does not", async () => {
    const member = await newMember();
    const priorityOf = async (bytes: number) => {
      const importId = await queueBytes(test, member, {
        bytes: new TextEncoder().encode("content\n".padEnd(bytes, "a\n")),
      });
      const task = await test.db.task.findUniqueOrThrow({ where: { key: `import:${importId}` } });
      return task.priority;
    };
    expect(await priorityOf(2000)).toBe(1);
    expect(await priorityOf(2_500_000)).toBe(0);
  });

  it("is over after it began", async () => {
    const run = await importText(test, await newMember(), "content\na\n", { content: "content" });
    expect(Date.parse(run.finishedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(run.startedAt ?? ""));
  });

  it("keeps texts as they are, ids trimmed, columns typed, in the order of the file", async () => {
    const member = await newMember();
    const run = await importText(
      test,
      member,
      '\uFEFFid , content,score,fine,code,note\r\n 7 ," two\r\nlines, ""quoted"" ",1.5,true,007,\r\n8,ä 🙂,-2,false,12,x\r\n',
      { id: "id", content: "content", metadata: ["*"] },
    );
    expect(run).toMatchObject({
      status: "succeeded",
      encoding: "utf-8",
      read: 2,
      imported: 2,
      refused: 0,
      errors: [],
      errorsTruncated: false,
    });
    expect(await recordsOf(member)).toEqual([
      { id: "7", content: ' two\r\nlines, "quoted" ', metadata: { score: 1.5, fine: true, code: "007" } },
      { id: "8", content: "ä 🙂", metadata: { score: -2, fine: false, code: "12", note: "x" } },
    ]);
    const names = await test.db.metadataName.findMany({
      where: { projectId: member.projectId },
      orderBy: { position: "asc" },
    });
    expect(names.map(({ name, type, visibility }) => [name, type, visibility])).toEqual([
      ["score", "number", "team"],
      ["fine", "boolean", "team"],
      ["code", "string", "team"],
      ["note", "string", "team"],
    ]);
  });

  it("refuses each bad row with its physical line, and imports the others", async () => {
    const member = await newMember();
    const text = [
      "id,content,n",
      "1,fine,1",
      ",no id,1",
      "3,,1",
      "4,short",
      '5,"over',
      'two lines",1,extra',
      "",
      `6,${"x".repeat(100_001)},1`,
      `${"i".repeat(256)},long id,1`,
      "8,nul \0 here,1",
      "9,last good,2",
      '10,"never closed,1',
      "and more",
    ].join("\n");
    const run = await importText(test, member, text, { id: "id", metadata: ["n"] });
    expect(codes(run)).toEqual([
      "3 empty_id",
      "4 empty_content",
      "5 ragged_row",
      "6 ragged_row",
      "9 too_long",
      "10 too_long",
      "11 bad_character",
      "13 unclosed_quote",
    ]);
    expect(run).toMatchObject({ read: 10, imported: 2, refused: 8, status: "succeeded" });
    expect((await recordsOf(member)).map(({ id }) => id)).toEqual(["1", "9"]);
    expect(run.errors.map(({ externalId }) => externalId)).toEqual([
      undefined,
      "3",
      "4",
      "5",
      "6",
      undefined,
      "8",
      "10",
    ]);
  });

  it("takes a 20 MB cell for what it is, without holding it", async () => {
    const member = await newMember();
    const text = `id,content\n1,"${"x\n".repeat(10 * 1024 * 1024)}"\n2,after\n`;
    const run = await importText(test, member, text, { id: "id" });
    expect(codes(run)).toEqual(["2 too_long"]);
    expect(run).toMatchObject({ read: 2, imported: 1 });
  });

  it("numbers the rows when no id is mapped", async () => {
    const member = await newMember();
    const run = await importText(test, member, 'text\na\n""\nb\n');
    expect(run).toMatchObject({ read: 3, imported: 2, refused: 1 });
    expect(await recordsOf(member)).toEqual([
      { id: "1", content: "a", metadata: {} },
      { id: "3", content: "b", metadata: {} },
    ]);
  });

  it("reads UTF-16 by its mark and latin1 where it is no UTF-8", async () => {
    const member = await newMember();
    const utf16 = Buffer.from("\uFEFFid,content\n1,é€", "utf16le");
    expect(await importBytes(test, member, { bytes: utf16, pieces: 3 }, { id: "id" })).toMatchObject({
      encoding: "utf-16le",
      imported: 1,
    });
    const latin1 = Buffer.from("id,content\n2,caf\xe9 \x80", "latin1");
    expect(await importBytes(test, member, { bytes: latin1, pieces: 5 }, { id: "id" })).toMatchObject({
      encoding: "latin1",
      imported: 1,
    });
    expect((await recordsOf(member)).map(({ content }) => content)).toEqual(["é€", "café €"]);
  });

  it("keeps JSON types and the digits of large ids", async () => {
    const member = await newMember();
    const lines = [
      '{"id":567872182136619008,"text":"a","n":1.5,"tags":["x"],"ok":true,"none":null}',
      "",
      "[1]",
      '{"id":2,"text":7}',
      '{"id":3,"text":["no"]}',
      "{",
      '{"id":4,"text":"\\ud800"}',
    ];
    const run = await importText(test, member, lines.join("\r\n"), {
      format: "jsonl",
      id: "id",
      metadata: ["*"],
    });
    expect(codes(run)).toEqual(["3 bad_json", "5 bad_json", "6 bad_json", "7 bad_character"]);
    expect(await recordsOf(member)).toEqual([
      { id: "567872182136619008", content: "a", metadata: { n: 1.5, tags: ["x"], ok: true } },
      { id: "2", content: "7", metadata: {} },
    ]);
  });

  it("reads an array of objects", async () => {
    const member = await newMember();
    const run = await importText(test, member, '[\n{"text":"a ]"},\n {"text":"b"},7]', { format: "json" });
    expect(codes(run)).toEqual(["3 bad_json"]);
    expect((await recordsOf(member)).map(({ content }) => content)).toEqual(["a ]", "b"]);
  });

  it("takes types and visibility as they are given", async () => {
    const member = await newMember();
    const run = await importText(test, member, "content,n,j\na,007,[1]\nb,x,2\n", {
      metadata: ["n", "j"],
      types: { n: "number", j: "json" },
      visibility: { n: "gold" },
    });
    expect(codes(run)).toEqual(["3 bad_type"]);
    expect((await recordsOf(member))[0]?.metadata).toEqual({ n: 7, j: [1] });
    expect(
      await test.db.metadataName.findUnique({
        where: { projectId_name: { projectId: member.projectId, name: "n" } },
      }),
    ).toMatchObject({ visibility: "gold", type: "number" });
  });
});

describe("an id that is there already", () => {
  const first = "id,content,a\n1,one,x\n2,two,x\n2,twice,y\n";

  it("is skipped by default, in the file and in the project", async () => {
    const member = await newMember();
    const options = { id: "id", metadata: ["a"] };
    expect(await importText(test, member, first, options)).toMatchObject({ imported: 2, skipped: 1 });
    expect(await importText(test, member, first, options)).toMatchObject({ imported: 0, skipped: 3 });
    expect((await recordsOf(member)).map(({ content }) => content)).toEqual(["one", "two"]);
  });

  it("is refused by `fail`, which says where it was before", async () => {
    const member = await newMember();
    await importText(test, member, "id,content\n1,one\n", { id: "id" });
    const run = await importText(test, member, "id,content\n1,a\n5,b\n5,c\n1,d\n", {
      id: "id",
      onExisting: "fail",
    });
    expect(codes(run)).toEqual(["2 id_exists", "4 duplicate_id", "5 duplicate_id"]);
    expect(run).toMatchObject({ read: 4, imported: 1, refused: 3 });
  });

  it("is updated by `update`: text replaced, metadata merged, an equal row skipped", async () => {
    const member = await newMember();
    await importText(test, member, "id,content,a,b\n1,one,1,k\n2,two,2,k\n", { id: "id", metadata: ["*"] });
    const run = await importText(
      test,
      member,
      "id,content,a\n1,uno,5\n2,two,2\n3,new,7\n3,newer,7\n3,newer,7\n2,two,9\n",
      { id: "id", metadata: ["a"], onExisting: "update" },
    );
    expect(run).toMatchObject({ read: 6, imported: 1, updated: 3, skipped: 2, refused: 0 });
    expect(await recordsOf(member)).toEqual([
      { id: "1", content: "uno", metadata: { a: 5, b: "k" } },
      { id: "2", content: "two", metadata: { a: 9, b: "k" } },
      { id: "3", content: "newer", metadata: { a: 7 } },
    ]);
  });

  it("of a deleted record stays deleted, and the report says so, unless it is updated", async () => {
    const member = await newMember();
    const { projectId } = member;
    const text = "id,content\n1,one\n2,two\n";
    await importText(test, member, text, { id: "id" });
    const deletedAt = new Date();
    await test.db.record.updateMany({ where: { projectId, externalId: "1" }, data: { deletedAt } });
    expect(await importText(test, member, text, { id: "id" })).toMatchObject({
      ...{ imported: 0, skipped: 2, skippedDeleted: 1, restored: 0 },
    });
    const failing = await importText(test, member, text, { id: "id", onExisting: "fail" });
    expect(codes(failing)).toEqual(["2 id_exists", "3 id_exists"]);
    expect(failing.errors[0]?.message).toMatch(/deleted record.*onExisting=update/);
    expect(await test.db.record.count({ where: { projectId, deletedAt: null } })).toBe(1);
    expect(await importText(test, member, text, { id: "id", onExisting: "update" })).toMatchObject({
      ...{ imported: 0, updated: 1, skipped: 1, restored: 1, skippedDeleted: 0 },
    });
    expect(await test.db.record.count({ where: { projectId, deletedAt: null } })).toBe(2);
  });

  it("comes back as if it had never gone, and loses the vectors of a text that it no longer has", async () => {
    const member = await newMember();
    const { projectId } = member;
    await importText(test, member, "id,content\n1,one\n2,two\n3,three\n", { id: "id" });
    const records = await test.db.record.findMany({ where: { projectId } });
    await putVectors(test.db, member, {
      name: "v",
      values: records.map(({ id }) => ({ recordId: id, vector: [1, 2] })),
    });
    await eraseRecord(test.db, member, { id: idOf(records, "1"), confirm: "1" });
    await deleteRecord(test.db, member, { id: idOf(records, "2") });
    const run = await importText(test, member, "id,content\n1,uno\n2,two\n3,drei\n", {
      id: "id",
      onExisting: "update",
    });
    expect(run).toMatchObject({ updated: 3, restored: 2 });
    const now = await test.db.record.findMany({ where: { projectId }, include: { vectors: true } });
    expect(
      now
        .toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))
        .map(({ content, deletedAt, deletedById, erasedAt, vectors }) => ({
          ...{ content, gone: [deletedAt, deletedById, erasedAt], vectors: vectors.length },
        })),
    ).toEqual([
      { content: "uno", gone: [null, null, null], vectors: 0 },
      { content: "two", gone: [null, null, null], vectors: 1 },
      { content: "drei", gone: [null, null, null], vectors: 0 },
    ]);
  });

  it("keeps its text when it has labels", async () => {
    const member = await newMember();
    await importText(test, member, "id,content\n1,one\n", { id: "id" });
    const { projectId, userId } = member;
    const record = await test.db.record.findFirstOrThrow({ where: { projectId } });
    await test.db.annotator.create({ data: { projectId, id: userId, kind: "user", name: "Ada" } });
    await test.db.annotation.create({
      data: {
        id: newId(),
        projectId,
        recordId: record.id,
        annotatorId: userId,
        labelName: "sentiment",
        level: "record",
        value: ["pos"],
        schemaVersion: 1,
      },
    });
    const run = await importText(test, member, "id,content,a\n1,other,x\n1,one,y\n", {
      id: "id",
      metadata: ["a"],
      onExisting: "update",
    });
    expect(codes(run)).toEqual(["2 has_labels"]);
    expect(run).toMatchObject({ updated: 1, refused: 1 });
    expect(await recordsOf(member)).toEqual([{ id: "1", content: "one", metadata: { a: "y" } }]);
  });
});
