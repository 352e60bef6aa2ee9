import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_CELL_UNITS, MAX_COLUMNS } from "../limits";
import { CsvReader, type CsvRow } from "./csv-reader";

/** Reads `text` in pieces that end at `cuts`. */
function read(text: string, cuts: readonly number[] = [], delimiter = ","): CsvRow[] {
  const reader = new CsvReader(delimiter);
  const ends = [...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
  const rows: CsvRow[] = [];
  let from = 0;
  for (const end of ends) {
    rows.push(...reader.push(text.slice(from, end)));
    from = end;
  }
  const last = reader.end();
  return last ? [...rows, last] : rows;
}

const cell = fc.string({
  unit: fc.constantFrom("a", "b", " ", ",", '"', "\n", "\r", "\r\n", ";", "'", "ä", "🙂", "="),
  maxLength: 8,
});
const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.array(
    fc.record({
      cells: fc.array(cell, { minLength: width, maxLength: width }),
      quoteAll: fc.boolean(),
      lineEnd,
      blanksBefore: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
);
const cuts = fc.array(fc.nat(), { maxLength: 6 });

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const needsQuotes = (text: string) => /[",\r\n]/.test(text);
const linesIn = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** A file written by the rules of RFC 4180, with the line on which each row starts. */
function write(rows: typeof table extends fc.Arbitrary<infer T> ? T : never) {
  let text = "";
  const lines: number[] = [];
  for (const { cells, quoteAll, lineEnd: end, blanksBefore } of rows) {
    text += end.repeat(blanksBefore);
    lines.push(linesIn(text) + 1);
    // A lone empty cell is a row only when it is quoted.
    const all = quoteAll || (cells.length === 1 && cells[0] === "");
    text += cells.map((value) => (all || needsQuotes(value) ? quoted(value) : value)).join(",") + end;
  }
  return { text, lines };
}

describe("CsvReader", () => {
  it("reads what was written, however it is cut, each row with its physical line", () => {
    fc.assert(
      fc.property(table, cuts, (rows, at) => {
        // `\r` then `\n` of the next row's blank line would be one line end.
        const { text, lines } = write(rows.map((row) => ({ ...row, lineEnd: rows[0]?.lineEnd ?? "\n" })));
        const found = read(text, at);
        expect(found.map(({ cells }) => cells)).toEqual(rows.map(({ cells }) => cells));
        expect(found.map(({ line }) => line)).toEqual(lines);
        expect(found.map(({ width }) => width)).toEqual(rows.map(({ cells }) => cells.length));
      }),
      { numRuns: 500 },
    );
  });

  it("agrees with another reader", () => {
    fc.assert(
      fc.property(table, (rows) => {
        const { text } = write(rows.map((row) => ({ ...row, blanksBefore: 0 })));
        const others: string[][] = parse(text, {
          record_delimiter: ["\r\n", "\n", "\r"],
          relax_column_count: true,
        });
        expect(read(text).map(({ cells }) => cells)).toEqual(others);
      }),
      { numRuns: 500 },
    );
  });

  it("reads any text to its end, the same in one piece as in many", () => {
    const anything = fc.string({ unit: fc.constantFrom("x", ",", '"', "\n", "\r", "🙂"), maxLength: 40 });
    fc.assert(
      fc.property(anything, cuts, (text, at) => {
        expect(read(text, at)).toEqual(read(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("takes a quote inside an unquoted cell, and what follows a closing quote, as text", () => {
    expect(read('a"b,"c"d"e,"f""g"\n').map(({ cells }) => cells)).toEqual([['a"b', 'cd"e', 'f"g']]);
  });

  it("tells where the quote opened that is never closed", () => {
    expect(read('a,b\n1,"x\n"\n2,\n"y\nz').at(-1)).toMatchObject({ line: 5, unclosedQuoteLine: 5 });
    expect(read('1,\n2,"a\nb').at(-1)).toMatchObject({ line: 2, unclosedQuoteLine: 2, cells: ["2", "a\nb"] });
  });

  it("keeps a cell only as far as one may be, and goes on", () => {
    const rows = read(`1,${"x".repeat(MAX_CELL_UNITS + 5)},z\n2,y,z\n`);
    expect(rows[0]).toMatchObject({ cutColumn: 1, width: 3 });
    expect(rows[0]?.cells[1]).toHaveLength(MAX_CELL_UNITS);
    expect(rows[1]).toEqual({ line: 2, cells: ["2", "y", "z"], width: 3 });
  });

  it("counts columns beyond those that a file may have, and keeps nothing of them", () => {
    const [row] = read(`a${",b".repeat(MAX_COLUMNS + 500)}\n`);
    expect([row?.width, row?.cells.length]).toEqual([MAX_COLUMNS + 501, MAX_COLUMNS]);
  });

  it("keeps only the columns that are wanted, whatever the others hold", () => {
    const reader = new CsvReader(",");
    reader.keepOnly(new Set([1]));
    const [row] = [...reader.push(`"${"x".repeat(MAX_CELL_UNITS * 2)}",kept,c\n`)];
    expect(row).toMatchObject({ width: 3, line: 1 });
    expect(row?.cutColumn).toBeUndefined();
    expect(row?.cells[1]).toBe("kept");
  });
});
