import type { JsonValue } from "@/contracts/common";
import type { ImportPreview, MetadataType } from "@/contracts/imports";
import type { MetadataVisibility } from "@/contracts/projects";
import { ColumnTypes } from "./column-types";

export type PreviewRow = ReadonlyMap<string, JsonValue>;
type Column = ImportPreview["columns"][number];
type Warning = ImportPreview["warnings"][number];

const SHOWN_LENGTH = 300;

/** A value as a text to show, cut to `length`. */
export function shown(value: JsonValue | undefined, length = SHOWN_LENGTH): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

type ColumnFacts = {
  name: string;
  type: MetadataType;
  filled: number;
  /** Share of the filled values that differ. */
  distinct: number;
  length: number;
  values: string[];
};

/**
 * What the columns of a file hold, what each could become, and what a person should look at first.
 * @param fromText whether the format knows only text, so that types are guessed
 * @param known visibility of the metadata names that the project has
 */
export function describeColumns(
  names: readonly string[],
  rows: readonly PreviewRow[],
  fromText: boolean,
  known: ReadonlyMap<string, MetadataVisibility>,
): { columns: Column[]; warnings: Warning[] } {
  const types = new ColumnTypes(fromText);
  for (const row of rows)
    types.note(new Map([...row].filter(([, value]) => value !== "" && value !== null)), new Set());
  const found = types.found();
  const facts = names.map((name) => lookAt(name, rows, found.get(name) ?? "string"));
  const content = suggestContent(facts);
  const id = suggestId(facts, content);
  const columns = facts.map(
    ({ name, type, filled }): Column => ({
      name,
      type,
      filled,
      visibility: known.get(name) ?? null,
      suggestion: name === content ? "content" : name === id ? "id" : filled === 0 ? "skip" : "metadata",
    }),
  );
  const warnings = facts.flatMap((column) => {
    if (looksLikeId(column, content)) return warningsOf(column);
    return id === undefined && isCalledId(column, content) ? [notTaken(column)] : [];
  });
  return { columns, warnings };
}

function lookAt(name: string, rows: readonly PreviewRow[], type: MetadataType): ColumnFacts {
  const values = rows
    .map((row) => shown(row.get(name), Number.POSITIVE_INFINITY))
    .filter((text) => text !== "");
  return {
    name,
    type,
    values,
    filled: rows.length === 0 ? 0 : values.length / rows.length,
    distinct: values.length === 0 ? 0 : new Set(values).size / values.length,
    length: values.reduce((sum, text) => sum + text.length, 0) / Math.max(values.length, 1),
  };
}

const CONTENT = /^(?:content|text|tweet|message|sentence|comment|body|review|question|document)$/i;
const ID = /^(?:id|.*[_ .-]id|uid|uuid|key|record)$/i;
/** Below this share of different values a column called like an id groups rows rather than naming them. */
const NAMES_ROWS = 0.9;

/** A column called like a text, else the one with the longest texts. */
function suggestContent(columns: readonly ColumnFacts[]): string | undefined {
  const texts = columns.filter(({ filled }) => filled > 0);
  const named = texts.find(({ name }) => CONTENT.test(name));
  return (named ?? texts.toSorted((a, b) => b.length - a.length)[0])?.name;
}

const isCalledId = ({ name, filled }: ColumnFacts, content: string | undefined): boolean =>
  name !== content && ID.test(name) && filled > 0;

const looksLikeId = (column: ColumnFacts, content: string | undefined): boolean =>
  isCalledId(column, content) && column.distinct >= NAMES_ROWS;

const notTaken = ({ name }: ColumnFacts): Warning => ({
  code: "duplicate_ids",
  column: name,
  message: `Values of "${name}" stand in many rows, so it is not taken as the id: rows get their number. Choose it as the id if it names records all the same.`,
});

/** A column called like an id whose values name rows, even when a few repeat: a warning says so. */
function suggestId(columns: readonly ColumnFacts[], content: string | undefined): string | undefined {
  const likely = columns.filter((column) => looksLikeId(column, content));
  return (likely.find(({ filled, distinct }) => filled === 1 && distinct === 1) ?? likely[0])?.name;
}

/** `5.67872182136619E+17`, or a number of more digits than a spreadsheet keeps: a long id after a spreadsheet had it. */
const DAMAGED = /^-?\d+(?:[.,]\d+)?e\+?\d{2,}$/i;
const ROUNDED = /^\d{15}0{1,}$/;

function warningsOf({ name, values, filled }: ColumnFacts): Warning[] {
  const warnings: Warning[] = [];
  const damaged = values.filter((value) => DAMAGED.test(value));
  const rounded = values.filter((value) => ROUNDED.test(value));
  const [example] = damaged.length > 0 ? damaged : rounded;
  // One id may end in a zero; many that do were rounded.
  if (example !== undefined && (damaged.length > 0 || rounded.length > values.length / 2))
    warnings.push({
      code: "damaged_ids",
      column: name,
      message: `Ids in "${name}" look damaged by a spreadsheet (${shown(example, 40)}): digits are lost, so different records may share one id. Import the file as it was before a spreadsheet saved it, or leave the id out.`,
    });
  const repeated = new Set(values).size < values.length;
  if (repeated) {
    const twice = values.find((value, at) => values.indexOf(value) < at) ?? "";
    warnings.push({
      code: "duplicate_ids",
      column: name,
      message: `"${shown(twice, 40)}" stands in several rows of "${name}". As the id, only the first of them becomes a record, unless known ids are updated.`,
    });
  }
  if (filled < 1)
    warnings.push({
      code: "empty_ids",
      column: name,
      message: `"${name}" is empty in some rows. As the id, those rows are refused.`,
    });
  return warnings;
}
