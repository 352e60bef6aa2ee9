import type { ImportOptions } from "@/contracts/imports";

/**
 * What is expected was written down by hand, from the file's text and the rules alone. `refused` has a line and a
 * code for each refused row; a file that fails as a whole has `fails` instead.
 */
export type DamagedFile = {
  what: string;
  bytes: Uint8Array | string;
  options?: Partial<ImportOptions>;
  read?: number;
  imported?: number;
  updated?: number;
  skipped?: number;
  refused?: readonly string[];
  texts?: readonly string[];
  encoding?: string;
  fails?: string;
};

const utf16 = (text: string, swap = false) => {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return swap ? bytes.swap16() : bytes;
};
const latin1 = (text: string) => Buffer.from(text, "latin1");
const MEGABYTE = 1024 * 1024;

/** Tables of text: line ends, quotes, rows, ids, characters, columns. */
export const damagedTables: readonly DamagedFile[] = [
  // Line ends
  {
    what: "mixed line ends",
    bytes: "id,content\r\n1,a\n2,b\r3,c\r\n,x\r4,d",
    ...{ read: 5, imported: 4, refused: ["5 empty_id"] },
  },
  {
    what: "line ends of all kinds inside quotes",
    bytes: 'id,content\n1,"a\r\nb\rc\nd"\n,e\n',
    ...{ read: 2, imported: 1, refused: ["6 empty_id"], texts: ["a\r\nb\rc\nd"] },
  },
  {
    what: "blank lines everywhere",
    bytes: "\n\nid,content\n\n\n1,a\n\n,b\n\n",
    ...{ read: 2, imported: 1, refused: ["8 empty_id"] },
  },
  {
    what: "an empty quoted field is a row",
    bytes: 'content\n""\na\n',
    options: { id: undefined },
    ...{ read: 2, imported: 1, refused: ["2 empty_content"] },
  },
  {
    what: "no line end at the end",
    bytes: "id,content\n1,a\n2,",
    ...{ read: 2, imported: 1, refused: ["3 empty_content"] },
  },
  { what: "a header alone", bytes: "id,content\n", ...{ read: 0, imported: 0, refused: [] } },
  // Quotes
  {
    what: "an unclosed quote at the end",
    bytes: 'id,content\n1,a\n2,"b\nc\n',
    ...{ read: 2, imported: 1, refused: ["3 unclosed_quote"] },
  },
  {
    what: "an unclosed quote in the middle, which takes what follows",
    bytes: 'id,content\n1,a\n2,"b\n3,c\n4,d\n',
    ...{ read: 2, imported: 1, refused: ["3 unclosed_quote"] },
  },
  {
    what: "a quote that opens on a later line of its row",
    bytes: 'id,content,n\n1,"a\nb","c\nd',
    options: { metadata: ["n"] },
    ...{ read: 1, imported: 0, refused: ["3 unclosed_quote"] },
  },
  {
    what: "an unclosed quote in the id",
    bytes: 'id,content\n"1,a\n2,b\n',
    ...{ read: 1, imported: 0, refused: ["2 unclosed_quote"] },
  },
  {
    what: "quotes inside fields",
    bytes: 'id,content\n1,say "hi"\n2,"say ""hi"""\n3,"a"b\n4,""""\n5,"\n6,"\n',
    ...{ read: 5, imported: 5, refused: [], texts: ['say "hi"', 'say "hi"', "ab", '"', "\n6,"] },
  },
  {
    what: "a quote alone at the end",
    bytes: 'id,content\n1,a\n2,"',
    ...{ read: 2, imported: 1, refused: ["3 unclosed_quote"] },
  },
  // Rows
  {
    what: "ragged rows",
    bytes: "id,content,n\n1,a\n2,b,1\n3,c,1,2\n4\n5,e,\n",
    options: { metadata: ["n"] },
    ...{ read: 5, imported: 2, refused: ["2 ragged_row", "4 ragged_row", "5 ragged_row"] },
  },
  {
    what: "a ragged row over several lines",
    bytes: 'id,content\n1,"a\nb",c\n2,d\n3\n',
    ...{ read: 3, imported: 1, refused: ["2 ragged_row", "5 ragged_row"] },
  },
  {
    what: "white space alone is no text",
    bytes: 'id,content\n1,   \n2,"\t\n "\n3,\u00A0\n4, x \n',
    ...{
      read: 4,
      imported: 1,
      refused: ["2 empty_content", "3 empty_content", "5 empty_content"],
      texts: [" x "],
    },
  },
  {
    what: "white space alone is no id",
    bytes: "id,content\n  ,a\n\u00A0,b\n x ,c\n",
    ...{ read: 3, imported: 1, refused: ["2 empty_id", "3 empty_id"] },
  },
  // Ids
  {
    what: "ids twice",
    bytes: "id,content\n1,a\n2,b\n1,c\n 2 ,d\n",
    ...{ read: 4, imported: 2, skipped: 2, refused: [] },
  },
  {
    what: "ids twice, refused",
    bytes: 'id,content\n1,"a\n"\n2,b\n1,c\n2,d\n',
    options: { onExisting: "fail" },
    ...{ read: 4, imported: 2, refused: ["5 duplicate_id", "6 duplicate_id"] },
  },
  {
    what: "ids twice, updated",
    bytes: "id,content\n1,a\n1,a\n1,b\n2,x\n1,b\n",
    options: { onExisting: "update" },
    ...{ read: 5, imported: 2, updated: 1, skipped: 2, refused: [], texts: ["b", "x"] },
  },
  {
    what: "ids that are too long",
    bytes: `id,content\n${"i".repeat(255)},a\n${"i".repeat(256)},b\n${"🙂".repeat(255)},c\n${"🙂".repeat(256)},d\n`,
    ...{ read: 4, imported: 2, refused: ["3 too_long", "5 too_long"] },
  },
  {
    what: "texts at and over the limit",
    bytes: `id,content\n1,${"x".repeat(100_000)}\n2,${"x".repeat(100_001)}\n3,${"🙂".repeat(100_000)}\n`,
    ...{ read: 3, imported: 2, refused: ["3 too_long"] },
  },
  {
    what: "metadata at and over the limit",
    bytes: `id,content,n\n1,a,${"x".repeat(10_000)}\n2,b,${"x".repeat(10_001)}\n`,
    options: { metadata: ["n"] },
    ...{ read: 2, imported: 1, refused: ["3 too_long"] },
  },
  {
    what: "a 50 MB cell",
    bytes: `id,content\n1,a\n2,"${"x\n".repeat(25 * MEGABYTE)}"\n3,b\n`,
    ...{ read: 3, imported: 2, refused: ["3 too_long"] },
  },
  {
    what: "a 50 MB cell of a column that is left out",
    bytes: `id,big,content\n1,"${"x".repeat(50 * MEGABYTE)}",a\n2,,b\n`,
    ...{ read: 2, imported: 2, refused: [] },
  },
  // Characters
  {
    what: "NUL in id, text and metadata",
    bytes: "id,content,n\n1\0,a,x\n2,b\0c,x\n3,d,\0\n4,e,x\n",
    options: { metadata: ["n"] },
    ...{ read: 4, imported: 1, refused: ["2 bad_character", "3 bad_character", "4 bad_character"] },
  },
  {
    what: "control characters other than NUL",
    bytes: "id,content\n1,a\u0001b\u001fc\n2,\u007f\n",
    ...{ read: 2, imported: 2, refused: [], texts: ["a\u0001b\u001fc", "\u007f"] },
  },
  {
    what: "half of a character in UTF-16",
    bytes: Buffer.concat([
      utf16("id,content\n1,a"),
      Buffer.from([0x00, 0xd8]),
      Buffer.from("\n2,b\n", "utf16le"),
    ]),
    ...{ read: 2, imported: 1, refused: ["2 bad_character"], encoding: "utf-16le" },
  },
  {
    what: "a BOM before UTF-8",
    bytes: "\uFEFFid,content\n1,ä\n",
    ...{ read: 1, imported: 1, refused: [], texts: ["ä"], encoding: "utf-8" },
  },
  {
    what: "a BOM inside a text",
    bytes: "id,content\n1,\uFEFFa\n",
    ...{ read: 1, imported: 1, refused: [], texts: ["\uFEFFa"] },
  },
  {
    what: "UTF-16, big end first",
    bytes: utf16("id,content\n1,ä🙂\n,x\n", true),
    ...{ read: 2, imported: 1, refused: ["3 empty_id"], texts: ["ä🙂"], encoding: "utf-16be" },
  },
  {
    what: "UTF-16 of odd length",
    bytes: Buffer.concat([utf16("id,content\n1,a\n"), Buffer.from([0x61])]),
    fails: "invalid_encoding",
  },
  {
    what: "latin-1 said to be UTF-8",
    bytes: latin1("id,content\n1,caf\xe9\n"),
    options: { encoding: "utf-8" },
    fails: "invalid_encoding",
  },
  {
    what: "latin-1, found by itself",
    bytes: latin1("id,content\n1,caf\xe9\n"),
    ...{ read: 1, imported: 1, refused: [], texts: ["café"], encoding: "latin1" },
  },
  {
    what: "UTF-8 cut in a character",
    bytes: Buffer.from("id,content\n1,aé").subarray(0, -1),
    options: { encoding: "utf-8" },
    fails: "invalid_encoding",
  },
  // Columns
  { what: "a column that is not there", bytes: "key,content\n1,a\n", fails: "invalid_mapping" },
  { what: "two columns of the mapped name", bytes: "id,content,content\n1,a,b\n", fails: "invalid_mapping" },
  { what: "an empty file", bytes: "", fails: "empty_file" },
  {
    what: "values that don't fit the given type",
    bytes: "id,content,n\n1,a,1\n2,b,x\n3,c,\n4,d,1e3\n",
    options: { metadata: ["n"], types: { n: "number" } },
    ...{ read: 4, imported: 3, refused: ["3 bad_type"] },
  },
];
