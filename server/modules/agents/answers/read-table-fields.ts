import { endOfLine, type Range, trimRange } from "./characters";
import { type FieldReading, type IndexedLabel, readField } from "./field-reading";
import { fold } from "./option-names";
import { mentions } from "./read-value";

const RULE_CELL = /^:?-+:?$/u;
const EDGES = /^[*_`"'<\s]+|[*_`"'>:\s]+$/gu;

/**
 * Reads fields of Markdown tables: a column under the label's name, or a row that begins with it and has the value
 * in the next cell. Every row of a column is a reading, so a table with several answers is a conflict.
 */
export function readTableFields(
  raw: string,
  within: readonly Range[],
  names: ReadonlyMap<string, string>,
  labels: readonly IndexedLabel[],
): FieldReading[] {
  const folded = new Map([...names].map(([name, label]) => [fold(name), label]));
  const labelOf = (cell: Range) => {
    if (cell.end - cell.start > 200) return undefined;
    const name = folded.get(fold(raw.slice(cell.start, cell.end).replace(EDGES, "")));
    return labels.find(({ definition }) => definition.name === name);
  };
  return within.flatMap((range) =>
    tablesIn(raw, range).flatMap((rows) => {
      const headings = rows[0]?.map(labelOf) ?? [];
      const headed = rows[1]?.every((cell) => RULE_CELL.test(raw.slice(cell.start, cell.end)));
      if (headed && headings.some(Boolean))
        return rows.slice(2).flatMap((cells) => readColumns(raw, cells, headings));
      return rows.flatMap(([name, ...values]) => readRow(raw, name && labelOf(name), values));
    }),
  );
}

/** A row with another number of cells than there are headings has its values nobody knows where. */
function readColumns(
  raw: string,
  cells: readonly Range[],
  headings: readonly (IndexedLabel | undefined)[],
): FieldReading[] {
  return headings.flatMap((label, at) => {
    const cell = cells[at] ?? cells.at(-1);
    if (!label || !cell) return [];
    const reading = readField(raw, cell, label);
    return [cells.length === headings.length ? reading : unknown(reading)];
  });
}

/** What follows the value in its row may be a remark, but names no other option. */
function readRow(raw: string, label: IndexedLabel | undefined, [value, ...rest]: Range[]): FieldReading[] {
  if (!label || !value) return [];
  const reading = readField(raw, value, label);
  const other = rest.some(({ start, end }) =>
    [...mentions(raw.slice(start, end), label.index)].some(
      (option) => reading.ok && !reading.value.includes(option),
    ),
  );
  return [other ? unknown(reading) : reading];
}

const unknown = ({ label, via, opensLine, range }: FieldReading): FieldReading => {
  return { ok: false, reason: "unknown_option", label, via, opensLine, range };
};

/** Runs of lines between bars, as cells. */
function tablesIn(raw: string, { start, end }: Range): Range[][][] {
  const tables: Range[][][] = [];
  let rows: Range[][] = [];
  for (let from = start; from < end; ) {
    const lineEnd = endOfLine(raw, from, end);
    const line = trimRange(raw, { start: from, end: lineEnd });
    if (raw[line.start] === "|" && raw[line.end - 1] === "|" && line.end - line.start > 1)
      rows.push(cellsOf(raw, line));
    else if (rows.length > 0) {
      tables.push(rows);
      rows = [];
    }
    from = lineEnd + 1;
  }
  return rows.length > 0 ? [...tables, rows] : tables;
}

function cellsOf(raw: string, line: Range): Range[] {
  const cells: Range[] = [];
  let from = line.start + 1;
  for (let at = from; at <= line.end; at++) {
    const closes = at < line.end && raw[at] === "|" && raw[at - 1] !== "\\";
    if (!closes && (at < line.end || from >= line.end)) continue;
    cells.push(trimRange(raw, { start: from, end: at }));
    from = at + 1;
  }
  return cells;
}
