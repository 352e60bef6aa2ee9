import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImportOptions } from "@/contracts/imports";
import type { ProjectActor } from "@/server/modules/access";
import { isAppError } from "@/server/platform/errors";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { previewFile } from "../preview-import";
import { bytesInMemory } from "../stored-file";
import { importBytes } from "../testing/import-bytes";
import { type Cell, makeWorkbook } from "../testing/make-workbook";
import { makeZip } from "../testing/make-zip";

let test: TestDatabase;
let member: ProjectActor;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function newMember(): Promise<void> {
  ({ administrator: member } = await createTestProject(test.db));
}

async function records() {
  const rows = await test.db.record.findMany({
    where: { projectId: member.projectId },
    orderBy: { position: "asc" },
  });
  return rows.map(({ externalId, content, metadata }) => ({ id: externalId, content, metadata }));
}

const codes = (run: { errors: { line: number; code: string }[] }) =>
  run.errors.map(({ line, code }) => `${line} ${code}`);

const messageOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    return isAppError(error) ? `${error.code}: ${error.message}` : String(error);
  }
  return "no error";
};

/** A frame of Zstandard that holds a page of up to 200 bytes as it is, and `more` zeros after it. */
function zstandard(page: Uint8Array, more: number): Uint8Array {
  const size = page.length + more;
  const content = new Uint8Array(size);
  content.set(page);
  const block = (size << 3) | 1;
  return Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, size, block & 255, block >> 8, 0, ...content]);
}

describe("a Parquet file", () => {
  const write = (columnData: Parameters<typeof parquetWriteBuffer>[0]["columnData"], rowGroupSize = 100) =>
    new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }));

  it("gives its values with their types, nested ones as JSON", async () => {
    await newMember();
    const bytes = write([
      { name: "id", data: [567872182136619008n, 2n, 3n], type: "INT64" },
      { name: "text", data: ["\uFEFFa", "b\n ä 🙂", "c"], type: "STRING" },
      { name: "n", data: [1.5, Number.NaN, -2], type: "DOUBLE" },
      { name: "ok", data: [true, false, true], type: "BOOLEAN" },
      {
        name: "at",
        data: [new Date(0), new Date("2024-05-01T10:00:00.5Z"), new Date(1000)],
        type: "TIMESTAMP",
      },
      { name: "tags", data: [{ a: [1, 2] }, { b: null }, ["x"]], type: "JSON" },
    ]);
    const run = await importBytes(
      test,
      member,
      { bytes },
      { format: "parquet", id: "id", content: "text", metadata: ["*"] },
    );
    expect(run).toMatchObject({
      status: "succeeded",
      encoding: null,
      format: "parquet",
      read: 3,
      imported: 3,
      bytes: bytes.length,
      bytesRead: bytes.length,
    });
    expect(await records()).toEqual([
      {
        id: "567872182136619008",
        content: "\uFEFFa",
        metadata: { n: 1.5, ok: true, at: "1970-01-01T00:00:00.000Z", tags: { a: [1, 2] } },
      },
      {
        id: "2",
        content: "b\n ä 🙂",
        metadata: { ok: false, at: "2024-05-01T10:00:00.500Z", tags: { b: null } },
      },
      { id: "3", content: "c", metadata: { n: -2, ok: true, at: "1970-01-01T00:00:01.000Z", tags: ["x"] } },
    ]);
  });

  it("is read row group by row group, and counts its rows from 1", async () => {
    await newMember();
    const rows = Array.from({ length: 250 }, (_, n) => n + 1);
    const bytes = write([
      { name: "id", data: rows.map((n) => (n === 120 ? "" : `r${n}`)), type: "STRING" },
      { name: "text", data: rows.map((n) => (n === 201 ? " \n" : `text ${n}`)), type: "STRING" },
    ]);
    const run = await importBytes(test, member, { bytes }, { format: "parquet", id: "id" });
    expect(codes(run)).toEqual(["120 empty_id", "201 empty_content"]);
    expect(run).toMatchObject({ read: 250, imported: 248, refused: 2 });
    expect((await records())[247]).toEqual({ id: "r250", content: "text 250", metadata: {} });
  });

  it("has rows refused whose text is no text", async () => {
    await newMember();
    const bytes = write([
      { name: "text", data: [new Uint8Array([0x61]), new Uint8Array([0xff, 0xfe])], type: "BYTE_ARRAY" },
    ]);
    const run = await importBytes(test, member, { bytes }, { format: "parquet" });
    expect(codes(run)).toEqual(["2 bad_type"]);
    await newMember();
    const nested = write([{ name: "text", data: [["a"], "b"], type: "JSON" }]);
    expect(codes(await importBytes(test, member, { bytes: nested }, { format: "parquet" }))).toEqual([
      "1 bad_type",
    ]);
  });

  it("that is cut off or damaged says so, and nothing is imported", async () => {
    await newMember();
    const bytes = write([
      { name: "text", data: Array.from({ length: 500 }, (_, n) => `text ${n}`), type: "STRING" },
    ]);
    const damaged = Uint8Array.from(bytes, (byte, at) => (at > 10 && at < 400 ? byte ^ 0x5a : byte));
    for (const broken of [bytes.subarray(0, bytes.length - 20), bytes.subarray(0, 12), damaged]) {
      const run = await importBytes(test, member, { bytes: broken }, { format: "parquet" });
      expect(run).toMatchObject({ status: "failed", read: 0, error: { code: "malformed_file" } });
    }
    expect(await records()).toEqual([]);
    const text = new TextEncoder().encode("text\na\n");
    expect(await messageOf(importBytes(test, member, { bytes: text }, { format: "parquet" }))).toMatch(
      /malformed_file: The file is not a Parquet file/,
    );
  });

  it("that asks for more memory than its rows need is refused before it is decoded", async () => {
    await newMember();
    // One value, "2.5 million times": a file of a few hundred bytes.
    const text = { name: "text", data: new Array(2_500_000).fill("a"), type: "STRING" as const };
    const bytes = new Uint8Array(
      parquetWriteBuffer({ columnData: [text], rowGroupSize: 2_500_000, pageSize: 2 ** 30 }),
    );
    expect(bytes.length).toBeLessThan(1000);
    const run = await importBytes(test, member, { bytes }, { format: "parquet" });
    expect(run).toMatchObject({ status: "failed", read: 0, error: { code: "too_large_row_group" } });
    expect(run.error?.detail).toBe(
      'A row group of the file has a page of more than 2 million values in "text". Write the file anew with smaller ones (row_group_size=10000).',
    );
  });

  it("packed by Zstandard is read, and never unpacked beyond what its pages say", async () => {
    await newMember();
    const packed = (more: number) => {
      const pack = (page: Uint8Array) => zstandard(page, more);
      const columnData = [{ name: "text", data: ["a", "b"], type: "STRING" as const }];
      const compressors = Object.fromEntries([["ZSTD", pack]]);
      return new Uint8Array(parquetWriteBuffer({ columnData, codec: "ZSTD", compressors }));
    };
    const run = await importBytes(test, member, { bytes: packed(0) }, { format: "parquet" });
    expect(run).toMatchObject({ status: "succeeded", imported: 2 });
    const bomb = await importBytes(test, member, { bytes: packed(100) }, { format: "parquet" });
    expect(bomb).toMatchObject({ status: "failed", error: { code: "malformed_file" } });
  });

  it("is looked into whole", async () => {
    await newMember();
    const bytes = write([
      { name: "id", data: ["a", "b", "b", ...Array.from({ length: 40 }, (_, n) => `${n}`)], type: "STRING" },
      { name: "text", data: Array.from({ length: 43 }, (_, n) => `text ${n}`), type: "STRING" },
    ]);
    const preview = await previewFile(test.db, member, bytesInMemory(bytes), {
      fileName: "x",
      encoding: "auto",
    });
    expect(preview).toMatchObject({ format: "parquet", looked: 43, warnings: [{ code: "duplicate_ids" }] });
    expect(preview.columns.map(({ name, suggestion }) => [name, suggestion])).toEqual([
      ["id", "id"],
      ["text", "content"],
    ]);
  });
});

describe("a workbook", () => {
  const xlsx: Partial<ImportOptions> = { format: "xlsx", id: "id", content: "text", metadata: ["*"] };
  const header: readonly Cell[] = ["id", "text", "v"];

  it("gives shown values: cached results of formulas, dates as ISO text, numbers as numbers", async () => {
    await newMember();
    const bytes = makeWorkbook({
      Data: [
        header,
        [1, " exact \n text ", 1.5],
        [2, { t: "str", f: 'A1&"x"', v: "by formula" }, { f: "1+1", v: "2" }],
        [
          3,
          { t: "inlineStr", is: "<r><t>rich </t></r><r><t>text</t></r><rPh><t>aside</t></rPh>" },
          { s: 1, v: "45413" },
        ],
        [4, "line_x000D_end", { s: 2, v: "45413.4375" }],
        [5, "e", { s: 3, v: "0.4375" }],
        [6, "f", { s: 4, v: "59" }],
        [7, "g", { s: 5, v: "3" }],
        [8, "h", { t: "b", v: "1" }],
      ],
      Other: [["x"], ["y"]],
    });
    const run = await importBytes(test, member, { bytes }, xlsx);
    expect(run).toMatchObject({ status: "succeeded", read: 8, imported: 8 });
    expect(await records()).toEqual([
      { id: "1", content: " exact \n text ", metadata: { v: 1.5 } },
      { id: "2", content: "by formula", metadata: { v: 2 } },
      { id: "3", content: "rich text", metadata: { v: "2024-05-01" } },
      { id: "4", content: "line\rend", metadata: { v: "2024-05-01T10:30:00" } },
      { id: "5", content: "e", metadata: { v: "10:30:00" } },
      { id: "6", content: "f", metadata: { v: "1900-02-28" } },
      { id: "7", content: "g", metadata: { v: 3 } },
      { id: "8", content: "h", metadata: { v: true } },
    ]);
  });

  it("has rows refused by the sheet's own numbers", async () => {
    await newMember();
    const bytes = makeWorkbook(
      {
        Data: [
          header,
          [1, "ok", null],
          [2, { t: "e", v: "#REF!" }, null],
          [3, { f: "NOW()" }, null],
          [4, "wide", 1, "beyond"],
          [5, null, 1],
          [null, "no id", null],
          [null, null, null],
          [6, "last", null],
        ],
      },
      { numbers: [3, 4, 6, 7, 10, 11, 12, 13, 20] },
    );
    const run = await importBytes(test, member, { bytes }, xlsx);
    expect(codes(run)).toEqual([
      "6 bad_type",
      "7 bad_type",
      "10 ragged_row",
      "11 empty_content",
      "12 empty_id",
    ]);
    expect(run).toMatchObject({ read: 7, imported: 2, refused: 5 });
    expect(run.errors[0]?.message).toContain("#REF!");
  });

  it("is read by the sheet that is named, and counts days from 1904 where it does", async () => {
    await newMember();
    const bytes = makeWorkbook(
      { First: [["x"]], "Other one": [header, [1, "a", { s: 1, v: "43951" }]] },
      { date1904: true },
    );
    expect(await importBytes(test, member, { bytes }, { ...xlsx, sheet: "Other one" })).toMatchObject({
      imported: 1,
    });
    expect((await records())[0]?.metadata).toEqual({ v: "2024-05-01" });
    const missing = await importBytes(test, member, { bytes }, { ...xlsx, sheet: "Nope" });
    expect(missing).toMatchObject({
      status: "failed",
      error: { code: "invalid_mapping", errors: [{ path: "sheet" }] },
    });
    expect(missing.error?.detail).toContain("First, Other one");
  });

  it.each([
    ["another archive", makeZip({ "a.txt": "x" }), /without a workbook/],
    ["an OpenDocument file", makeZip({ "content.xml": "<a/>" }), /OpenDocument/],
    ["one that is cut off", makeWorkbook({ A: [["text"], ["a"]] }).subarray(0, 900), /can't be read/],
    [
      "one whose sheet is no XML",
      makeWorkbook({ A: [["text"]] }, { files: { "xl/worksheets/sheet1.xml": "<sheetData><row" } }),
      /can't be read/,
    ],
    [
      "one that names texts it has not",
      makeWorkbook({ A: [["text"], [{ t: "s", v: "99" }]] }),
      /names a text that is not there/,
    ],
    [
      "one that multiplies entities",
      makeWorkbook(
        { A: [["text"]] },
        {
          files: {
            "xl/sharedStrings.xml": `<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>`,
          },
        },
      ),
      /can't be read/,
    ],
    [
      "one with a cell of 20 MB",
      makeWorkbook({ A: [["text"], [{ t: "inlineStr", is: `<t>${"x".repeat(20_000_000)}</t>` }]] }),
      /larger than 8 MB/,
    ],
    [
      "one nested without end",
      makeWorkbook({ A: [["text"]] }, { files: { "xl/worksheets/sheet1.xml": "<a>".repeat(5000) } }),
      /nested too deep/,
    ],
    [
      "one with a cell that comes again and again",
      makeWorkbook(
        { A: [["text"]] },
        {
          files: {
            "xl/worksheets/sheet1.xml": `<sheetData><row r="1">${'<c r="A1" t="e"><v>#REF!</v></c>'.repeat(20_000)}</row></sheetData>`,
          },
        },
      ),
      /too many cells/,
    ],
    [
      "one with more links than sheets can be",
      makeWorkbook(
        { A: [["text"]] },
        {
          files: {
            "xl/_rels/workbook.xml.rels": `<r>${Array.from({ length: 100_001 }, (_, at) => `<Relationship Id="i${at}" Type="/worksheet"/>`).join("")}</r>`,
          },
        },
      ),
      /too many links/,
    ],
  ])("that is %s says so, and nothing is imported", async (_what, bytes, message) => {
    await newMember();
    const run = await importBytes(test, member, { bytes }, { format: "xlsx" });
    expect(run).toMatchObject({ status: "failed", error: { code: "malformed_file" } });
    expect(run.error?.detail).toMatch(message);
    expect(await records()).toEqual([]);
  });

  it("may have a format of any code: one made to be slow is cut", async () => {
    await newMember();
    const code = "[".repeat(2_000_000);
    const styles = `<s><numFmts><numFmt numFmtId="164" formatCode="${code}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs></s>`;
    const bytes = makeWorkbook(
      { A: [header, [1, "a", { s: 1, v: "2" }]] },
      { files: { "xl/styles.xml": styles } },
    );
    expect(await importBytes(test, member, { bytes }, xlsx)).toMatchObject({ imported: 1 });
  });

  it("is looked into whole: its sheets, and ids that lost digits", async () => {
    await newMember();
    const ids = Array.from({ length: 20 }, (_, n) => 567872182136619000 + n * 100000);
    const bytes = makeWorkbook({ A: [header, ...ids.map((id) => [id, "some text", 1])], B: [["x"]] });
    const file = bytesInMemory(bytes);
    const preview = await previewFile(test.db, member, file, { fileName: "f.xlsx", encoding: "auto" });
    expect(preview).toMatchObject({ format: "xlsx", sheets: ["A", "B"], looked: 20 });
    expect(preview.warnings.map(({ code }) => code)).toContain("damaged_ids");
    const other = await previewFile(test.db, member, file, { fileName: "f", encoding: "auto", sheet: "B" });
    expect(other.columns.map(({ name }) => name)).toEqual(["x"]);
  });
});
