import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAppError } from "@/server/platform/errors";
import { byteOrderMark, decodeText, headEncoding, settleEncoding, Utf8Check } from "./encoding";
import { JsonArrayReader } from "./json-array-reader";
import { JsonLinesReader } from "./json-reader";
import { findDelimiter } from "./read-csv";
import { refuseBinary } from "./refuse-binary";
import { unescapeFormula } from "./unescape-formula";

const cut = (bytes: Uint8Array, at: readonly number[]): Uint8Array[] => {
  const ends = [...at.map((end) => end % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
};
async function* from(pieces: readonly Uint8Array[]) {
  yield* pieces;
}
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return isAppError(error) ? error.code : error;
  }
  return "none";
};

describe("encodings", () => {
  const cuts = fc.array(fc.nat(), { maxLength: 5 });

  it("tells UTF-8 as a whole-file decoder does, however it is cut", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, cuts, (all, at) => {
        const check = new Utf8Check();
        for (const piece of cut(all, at)) check.push(piece);
        let decodes = true;
        try {
          new TextDecoder("utf-8", { fatal: true }).decode(all);
        } catch {
          decodes = false;
        }
        expect(check.end()).toBe(decodes);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["utf-8", "utf8"],
    ["utf-16le", "utf16le"],
  ] as const)("decodes %s in pieces, without its mark", async (encoding, node) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 30 }), cuts, async (text, at) => {
        fc.pre(!text.startsWith("\uFEFF"));
        const bytes = Buffer.from(`\uFEFF${text}`, node);
        expect(byteOrderMark(bytes)).toBe(encoding);
        let decoded = "";
        for await (const piece of decodeText(from(cut(bytes, at)), encoding)) decoded += piece;
        expect(decoded).toBe(text);
      }),
    );
  });

  it("falls back to latin1 only where it must", () => {
    const file = { head: Buffer.from("id"), size: 4 };
    expect(settleEncoding("auto", { ...file, isUtf8: true })).toBe("utf-8");
    expect(settleEncoding("auto", { ...file, isUtf8: false })).toBe("latin1");
    expect(codeOf(() => settleEncoding("utf-8", { ...file, isUtf8: false }))).toBe("invalid_encoding");
    expect(codeOf(() => settleEncoding("utf-16le", { ...file, size: 5, isUtf8: true }))).toBe(
      "invalid_encoding",
    );
    expect(headEncoding(Buffer.from([0x61, 0xe2, 0x82]), "auto")).toBe("utf-8");
    expect(headEncoding(Buffer.from([0x61, 0xe9, 0x2c]), "auto")).toBe("latin1");
  });
});

describe("what is no text", () => {
  it("is refused by its signature or its bytes, with what to do", () => {
    const noise = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256);
    for (const bytes of [Buffer.from("PK\x03\x04 workbook"), Buffer.from("%PDF-1.7"), noise])
      expect(codeOf(() => refuseBinary(bytes, false))).toBe("binary_file");
  });

  it("is not a text with one stray character, nor UTF-16", () => {
    const unnamed = Buffer.from("id,content\n1,ab".repeat(9), "utf16le");
    expect(() => refuseBinary(unnamed, false)).toThrow(
      expect.objectContaining({
        errors: [
          expect.objectContaining({ path: "file" }),
          { path: "encoding", message: expect.stringContaining("utf-16le") },
        ],
      }),
    );
    expect(codeOf(() => refuseBinary(Buffer.from("id,content\n1,a\0b\n"), false))).toBe("none");
    expect(codeOf(() => refuseBinary(Buffer.from("\uFEFFid,content\n1,ab", "utf16le"), false))).toBe("none");
    expect(codeOf(() => refuseBinary(Buffer.from("id,content\n1,a b".repeat(9), "utf16le"), true))).toBe(
      "none",
    );
  });
});

describe("delimiters", () => {
  it.each([
    ["id,text\n", ","],
    ["id;text\n", ";"],
    ["id\ttext\n", "\t"],
    ['"a,b";text\n', ";"],
    ["text\n", ","],
    ["a;b,c\n", ","],
  ])("of %j is %j", (head, delimiter) => expect(findDelimiter(head, "csv")).toBe(delimiter));

  it("of TSV is a tab whatever the header holds", () => expect(findDelimiter("a,b\tc", "tsv")).toBe("\t"));
});

describe("JSON readers", () => {
  const value = fc.jsonValue({ maxDepth: 2 });
  const cuts = fc.array(fc.nat(), { maxLength: 5 });
  const pieces = (text: string, at: readonly number[]) => {
    const ends = [...at.map((end) => end % (text.length + 1)), text.length].sort((a, b) => a - b);
    return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
  };

  it("split lines, with their numbers", () => {
    fc.assert(
      fc.property(fc.array(fc.option(value)), cuts, (rows, at) => {
        const text = rows.map((row) => (row === null ? "" : JSON.stringify({ row }))).join("\n");
        const reader = new JsonLinesReader();
        const found = pieces(text, at).flatMap((piece) => [...reader.push(piece)]);
        const last = reader.end();
        expect([...found, ...(last ? [last] : [])].map((piece) => [piece.line, piece.text])).toEqual(
          rows.flatMap((row, index) => (row === null ? [] : [[index + 1, JSON.stringify({ row })]])),
        );
      }),
    );
  });

  it("split the elements of an array, written in any layout", () => {
    fc.assert(
      fc.property(fc.array(value), fc.nat({ max: 3 }), cuts, (rows, indent, at) => {
        const reader = new JsonArrayReader();
        const text = JSON.stringify(rows, null, indent);
        const found = pieces(text, at).flatMap((piece) => [...reader.push(piece)]);
        reader.end();
        expect(found.map((piece) => JSON.parse(piece.text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  it.each([["{}"], ["[1"], ["[1,]"], ["[,1]"], ["[1] x"], [""]])("refuse %j with its line", (text) => {
    const reader = new JsonArrayReader();
    expect(
      codeOf(() => {
        [...reader.push(text)];
        reader.end();
      }),
    ).toBe("malformed_file");
  });
});

describe("unescapeFormula", () => {
  it.each([
    ["'=1+1", "=1+1"],
    ["''=x", "'=x"],
    ["' -2", " -2"],
    ["'\tx", "\tx"],
    ["'tis", "'tis"],
    ["=1", "=1"],
    ["it's =1", "it's =1"],
  ])("%j becomes %j", (text, plain) => expect(unescapeFormula(text)).toBe(plain));
});
