import type { JsonValue } from "@/contracts/common";
import { AppError } from "@/server/platform/errors";
import { checkRow } from "../check-row";
import { isLongerThan, MAX_COLUMNS, MAX_METADATA_NAME } from "../limits";
import { type Mapping, resolveMapping } from "../mapping";
import type { RefusedRow, SourceRow } from "../source-row";
import type { RowReader } from "../source-rows";
import { readLabelled } from "./cell-rows";
import { JsonArrayReader, JsonLinesReader, type JsonPiece } from "./json-reader";

/** Objects looked at to learn which keys there are. */
export const HEAD_OBJECTS = 100;

/**
 * The rows of a JSON Lines file or of one array of objects, in groups. Values keep their JSON types; whole
 * numbers beyond 2^53 come as text, since no number could hold them.
 * @throws AppError `invalid_mapping`, `too_many_columns`, `malformed_file`
 */
export async function* readJson(
  chunks: AsyncIterable<string>,
  given: RowReader,
): AsyncGenerator<SourceRow[]> {
  const reader = given.options.format === "json" ? new JsonArrayReader() : new JsonLinesReader();
  const rows = new JsonRows(given);
  for await (const chunk of chunks) yield [...reader.push(chunk)].flatMap((piece) => rows.add(piece));
  const last = reader.end();
  yield [...(last ? rows.add(last) : []), ...rows.end()];
}

type Parsed = { line: number; ordinal: number; object: Map<string, JsonValue> } | RefusedRow;

/** Holds the first objects back until their keys are known, then reads each as it comes. */
class JsonRows {
  private mapping: Mapping | undefined;
  private readonly waiting: Parsed[] = [];
  private readonly names = new Set<string>();
  private ordinal = 0;

  constructor(private readonly reader: RowReader) {}

  add(piece: JsonPiece): SourceRow[] {
    this.ordinal += 1;
    const parsed = parsePiece(piece, this.ordinal);
    if (this.reader.readRow) return [this.readLabelled(parsed)];
    if (this.mapping) return [this.read(parsed, this.mapping)];
    this.waiting.push(parsed);
    return this.waiting.length < HEAD_OBJECTS ? [] : this.settle();
  }

  end(): SourceRow[] {
    return this.mapping || this.reader.readRow ? [] : this.settle();
  }

  private readLabelled(row: Parsed): SourceRow {
    if (!("object" in row)) return row;
    const { line, ordinal, object: values } = row;
    return readLabelled(this.reader, { line, ordinal, values });
  }

  private settle(): SourceRow[] {
    const mapping = resolveMapping(
      keysOf(this.waiting.flatMap((row) => ("object" in row ? [row.object] : []))),
      this.reader.options,
    );
    this.mapping = mapping;
    return this.waiting.splice(0).map((row) => this.read(row, mapping));
  }

  private read(row: Parsed, mapping: Mapping): SourceRow {
    if (!("object" in row)) return row;
    const { line, ordinal, object } = row;
    const externalId = mapping.id === null ? String(ordinal) : textOf(object.get(mapping.id));
    const content = textOf(object.get(mapping.content));
    for (const [name, text] of [
      [mapping.id, externalId],
      [mapping.content, content],
    ])
      if (text === undefined) return { line, code: "bad_json", message: `"${name}" must be a text.` };
    const metadata = this.metadata(object, mapping);
    const overlong = [...metadata.keys()].find((name) => isLongerThan(name, MAX_METADATA_NAME));
    if (overlong !== undefined)
      return { line, code: "too_long", message: `A key is longer than ${MAX_METADATA_NAME} characters.` };
    return checkRow({ line, externalId: externalId ?? "", content: content ?? "", metadata });
  }

  private metadata(object: ReadonlyMap<string, JsonValue>, mapping: Mapping): Map<string, JsonValue> {
    const others = mapping.rest
      ? [...object.keys()].filter((name) => name !== mapping.id && name !== mapping.content)
      : [];
    const found = new Map<string, JsonValue>();
    for (const name of new Set([...mapping.metadata, ...others])) {
      const value = object.get(name);
      if (value === undefined || value === null) continue;
      found.set(name, value);
      this.names.add(name);
    }
    if (this.names.size > MAX_COLUMNS)
      throw new AppError("too_many_columns", `The objects have more than ${MAX_COLUMNS} different keys.`);
    return found;
  }
}

/** Every key of the first objects, in the order in which they come. */
export const keysOf = (objects: readonly ReadonlyMap<string, JsonValue>[]): string[] => [
  ...new Set(objects.flatMap((object) => [...object.keys()])),
];

/** A row from the text of one object, or why it is refused. */
export function parsePiece({ line, text, cut }: JsonPiece, ordinal: number): Parsed {
  if (cut) return { line, code: "too_long", message: "The object is far longer than a row may be." };
  const refuse = (message: string): RefusedRow => ({ line, code: "bad_json", message });
  let value: unknown;
  try {
    value = JSON.parse(keepLargeNumbers(text));
  } catch (error) {
    return refuse(
      `This is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : "unreadable"}.`,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse('A row must be an object such as {"id": …, "content": …}.');
  return { line, ordinal, object: new Map(Object.entries(value)) };
}

const STRING_OR_LARGE = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/g;

/** Whole numbers that JavaScript can't hold become strings, so that an id keeps its digits. */
function keepLargeNumbers(json: string): string {
  if (!/\d{16}/.test(json)) return json;
  return json.replaceAll(STRING_OR_LARGE, (token, at: number) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) || json[at - 1] === "."
      ? token
      : `"${token}"`,
  );
}

/** A text, or the digits of a number; empty when there is none; undefined for what is neither. */
function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}
