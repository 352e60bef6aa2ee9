import type { z } from "zod";
import type { JsonValue } from "@/contracts/common";
import type { ImportOptions, ImportPreview, MetadataType, previewImportInput } from "@/contracts/imports";
import type { MetadataVisibility } from "@/contracts/projects";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readHead } from "./check-head";
import { ColumnTypes } from "./column-types";
import { headEncoding } from "./formats/encoding";
import { isText } from "./source-rows";

const LOOKED_AT = 200;
const SHOWN_ROWS = 8;
const SHOWN_LENGTH = 300;

type PreviewInput = Omit<z.infer<typeof previewImportInput>, "project">;
type Row = ReadonlyMap<string, JsonValue>;
type Column = ImportPreview["columns"][number];

/**
 * Looks at the first bytes of a file: its columns with their types, some rows, and what each column could
 * become. Nothing is kept.
 * @throws AppError `binary_file`, `malformed_file`, `too_many_columns`
 */
export async function previewImport(
  db: Db,
  { projectId }: ProjectActor,
  { fileName, sample, whole, format: given, encoding }: PreviewInput,
): Promise<ImportPreview> {
  const bytes = Buffer.from(sample, "base64");
  const format = given ?? formatByContent(fileName, bytes);
  const { columns = [], rows } = readHead(bytes, { format, encoding }, whole, LOOKED_AT);
  const known = await db.metadataName.findMany({
    where: { projectId },
    select: { name: true, visibility: true },
  });
  return {
    format,
    encoding: headEncoding(bytes, encoding),
    columns: describeColumns(
      columns,
      rows,
      isText({ format }),
      new Map(known.map(({ name, visibility }) => [name, visibility])),
    ),
    rows: rows.slice(0, SHOWN_ROWS).map((row) => columns.map((name) => shown(row.get(name)))),
    looked: rows.length,
    sheets: [],
    warnings: [],
  };
}

function formatByContent(fileName: string, bytes: Uint8Array): ImportOptions["format"] {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  if (ending === "tsv" || ending === "tab") return "tsv";
  const first = Buffer.from(bytes.subarray(0, 200)).toString("latin1").trimStart().charAt(0);
  if (ending === "csv" || (first !== "{" && first !== "[")) return "csv";
  return first === "{" ? "jsonl" : "json";
}

function describeColumns(
  names: readonly string[],
  rows: readonly Row[],
  fromText: boolean,
  known: ReadonlyMap<string, MetadataVisibility>,
): Column[] {
  const types = new ColumnTypes(fromText);
  for (const row of rows)
    types.note(new Map([...row].filter(([, value]) => value !== "" && value !== null)), new Set());
  const found = types.found();
  const facts = names.map((name) => lookAt(name, rows, found.get(name) ?? "string"));
  const content = suggestContent(facts);
  const id = suggestId(facts, content);
  return facts.map(({ name, type, filled }) => ({
    name,
    type,
    filled,
    visibility: known.get(name) ?? null,
    suggestion: name === content ? "content" : name === id ? "id" : filled === 0 ? "skip" : "metadata",
  }));
}

type ColumnFacts = { name: string; type: MetadataType; filled: number; distinct: number; length: number };

function lookAt(name: string, rows: readonly Row[], type: MetadataType): ColumnFacts {
  const texts = rows
    .map((row) => shown(row.get(name), Number.POSITIVE_INFINITY))
    .filter((text) => text !== "");
  return {
    name,
    type,
    filled: rows.length === 0 ? 0 : texts.length / rows.length,
    distinct: texts.length === 0 ? 0 : new Set(texts).size / texts.length,
    length: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(texts.length, 1),
  };
}

const CONTENT = /^(?:content|text|tweet|message|sentence|comment|body|review|question|document)$/i;
const ID = /^(?:id|.*[_ .-]id|uid|uuid|key|record)$/i;

/** A column called like a text, else the one with the longest texts. */
function suggestContent(columns: readonly ColumnFacts[]): string | undefined {
  const texts = columns.filter(({ filled }) => filled > 0);
  const named = texts.find(({ name }) => CONTENT.test(name));
  return (named ?? texts.toSorted((a, b) => b.length - a.length)[0])?.name;
}

/** A column called like an id whose values differ and are never missing. */
const suggestId = (columns: readonly ColumnFacts[], content: string | undefined): string | undefined =>
  columns.find(
    ({ name, filled, distinct }) => name !== content && ID.test(name) && filled === 1 && distinct > 0.98,
  )?.name;

function shown(value: JsonValue | undefined, length = SHOWN_LENGTH): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
