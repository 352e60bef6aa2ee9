import { parquetWriteBuffer } from "hyparquet-writer";
import type { DamagedFile } from "./damaged-tables";
import { makeWorkbook } from "./make-workbook";

const jsonl = { format: "jsonl" } as const;
const json = { format: "json" } as const;
const MEGABYTE = 1024 * 1024;

/** Files that are not what they say, JSON, Parquet, workbooks, other delimiters. */
export const damagedFiles: readonly DamagedFile[] = [
  // Not what it says
  {
    what: "a ZIP archive called csv",
    bytes: Buffer.from("PK\x03\x04\x14\0\0\0\x08\0rest"),
    fails: "binary_file",
  },
  { what: "a workbook read as csv", bytes: makeWorkbook({ A: [["id", "content"]] }), fails: "binary_file" },
  { what: "a picture", bytes: Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1"), fails: "binary_file" },
  {
    what: "a CSV called xlsx",
    bytes: "id,content\n1,a\n",
    options: { format: "xlsx" },
    fails: "malformed_file",
  },
  // JSON
  {
    what: "JSON Lines with one bad line",
    bytes: '{"id":1,"content":"a"}\n{"id":2,"content":"b"\n{"id":3,"content":"c"}\n',
    options: jsonl,
    ...{ read: 3, imported: 2, refused: ["2 bad_json"] },
  },
  {
    what: "JSON Lines of other things than objects",
    bytes:
      '{"id":1,"content":"a"}\n\n7\nnull\n"x"\n[{"id":2}]\n{"id":[],"content":"x"}\n{"id":9,"content":{"a":1}}\n{"content":"no id"}\n{"id":5}\n',
    options: jsonl,
    ...{ read: 9, imported: 1 },
    refused: [
      ...["3 bad_json", "4 bad_json", "5 bad_json", "6 bad_json", "7 bad_json", "8 bad_json"],
      ...["9 empty_id", "10 empty_content"],
    ],
  },
  {
    what: "JSON with half of a character and with NUL",
    bytes:
      '{"id":1,"content":"\\ud800"}\n{"id":2,"content":"a\\u0000"}\n{"id":3,"content":"\\ud83d\\ude42"}\n{"id":4,"content":"x","m":{"k\\u0000":1}}\n',
    options: { ...jsonl, metadata: ["*"] },
    ...{
      read: 4,
      imported: 1,
      refused: ["1 bad_character", "2 bad_character", "4 bad_character"],
      texts: ["🙂"],
    },
  },
  {
    what: "JSON Lines cut in the last line",
    bytes: '{"id":1,"content":"a"}\n{"id":2,"cont',
    options: jsonl,
    ...{ read: 2, imported: 1, refused: ["2 bad_json"] },
  },
  {
    what: "JSON Lines with a line of 50 MB",
    bytes: `{"id":1,"content":"${"x".repeat(50 * MEGABYTE)}"}\n{"id":2,"content":"b"}\n`,
    options: jsonl,
    ...{ read: 2, imported: 1, refused: ["1 too_long"] },
  },
  {
    what: "a JSON array that is cut",
    bytes: '[{"id":1,"content":"a"},\n{"id":2',
    options: json,
    fails: "malformed_file",
  },
  {
    what: "a JSON array that goes on",
    bytes: '[{"id":1,"content":"a"}]\n{"id":2}',
    options: json,
    fails: "malformed_file",
  },
  {
    what: "a JSON array with bad elements",
    bytes: '[\n{"id":1,"content":"a"},\n7,\n{"id":2,"content":oops},\n{"id":"3","content":"c"}\n]',
    options: json,
    ...{ read: 4, imported: 2, refused: ["3 bad_json", "4 bad_json"] },
  },
  {
    what: "a JSON object with its rows in a member",
    bytes:
      '{"info":{"rows":[{"id":9}]},"tags":["a",[1]],"n":"]{",\n"data":[\n{"id":1,"content":"a ]}"},\n{"id":"","content":"b"}],"more":null}',
    options: json,
    ...{ read: 2, imported: 1, refused: ["4 empty_id"], texts: ["a ]}"] },
  },
  {
    what: "a JSON object without rows",
    bytes: '{"id":1,"content":"a","tags":["x"]}',
    options: json,
    fails: "malformed_file",
  },
  {
    what: "a JSON object with two members of rows",
    bytes: '{"a":[{"id":1,"content":"a"}],"b":[{"id":2}]}',
    options: json,
    fails: "malformed_file",
  },
  {
    what: "a JSON object that is cut",
    bytes: '{"data":[{"id":1,"content":"a"}]',
    options: json,
    fails: "malformed_file",
  },
  // Tables of values
  {
    what: "Parquet with nested types",
    bytes: new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: "id", data: ["1", "2", "3"], type: "STRING" },
          { name: "content", data: ["a", ["b"], " "], type: "JSON" },
          { name: "m", data: [{ a: [1] }, null, 2], type: "JSON" },
        ],
      }),
    ),
    options: { format: "parquet", metadata: ["m"] },
    ...{ read: 3, imported: 1, refused: ["2 bad_type", "3 empty_content"] },
  },
  {
    what: "a workbook with formulas, dates and errors",
    bytes: makeWorkbook({
      A: [
        ["id", "content", "d"],
        [1, { f: "A1", t: "str", v: "shown" }, { s: 1, v: "45413" }],
        [2, { t: "e", v: "#N/A" }, null],
        [null, null, null],
        [3, { f: "A1" }, null],
        [1, "again", null],
        [4, { s: 1, v: "45413" }, null],
      ],
    }),
    options: { format: "xlsx", metadata: ["*"] },
    ...{
      read: 5,
      imported: 2,
      skipped: 1,
      refused: ["3 bad_type", "5 bad_type"],
      texts: ["shown", "2024-05-01"],
    },
  },
  // Tabs and semicolons
  {
    what: "tabs",
    bytes: 'id\tcontent\n1\ta,b\n2\t"c\td"\n3\n',
    options: { format: "tsv" },
    ...{ read: 3, imported: 2, refused: ["4 ragged_row"], texts: ["a,b", "c\td"] },
  },
  {
    what: "semicolons",
    bytes: "id;content\n1;a,b\n;c\n",
    ...{ read: 2, imported: 1, refused: ["3 empty_id"] },
  },
  {
    what: "formulas that an export escaped",
    bytes: "id,content\n1,'=1+1\n2,'\n3,''-x\n4,'plain\n",
    options: { unescapeFormulas: true },
    ...{ read: 4, imported: 4, refused: [], texts: ["=1+1", "'", "'-x", "'plain"] },
  },
];
