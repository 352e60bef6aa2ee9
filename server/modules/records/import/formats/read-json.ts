import type { JsonValue } from "@/contracts/common";
import type { FileRow } from "../label-import";
import type { RowReader } from "../row-reader";
import type { RefusedRow, SourceRow } from "../source-row";
import { JsonArrayReader } from "./json-array-reader";
import { isDeep, MAX_LEVELS } from "./json-depth";
import { JsonObjectsReader } from "./json-objects-reader";
import { JsonLinesReader, type JsonPiece } from "./json-reader";
import { ObjectRows } from "./object-rows";

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
  const rows = new JsonRows(given);
  let reader: JsonReader | undefined;
  for await (const chunk of chunks) {
    reader ??= readerOf(chunk, given);
    yield [...reader.push(chunk)].flatMap((piece) => rows.add(piece));
  }
  const last = (reader ?? readerOf("", given)).end();
  yield [...(last ? rows.add(last) : []), ...rows.end()];
}

type JsonReader = { push(text: string): Generator<JsonPiece>; end(): JsonPiece | undefined };

/** Files of labels may be one object, a task saved by itself: its members are never taken for rows. */
function readerOf(head: string, { options }: RowReader): JsonReader {
  if (options.format === "jsonl") return new JsonLinesReader();
  const isObject = options.kind === "labels" && /^\ufeff?\s*\{/.test(head);
  return isObject ? new JsonObjectsReader() : new JsonArrayReader();
}

type Parsed = FileRow | RefusedRow;

/** Holds the first objects back until their keys are known, then reads each as it comes. */
class JsonRows {
  private rows: ObjectRows | undefined;
  private readonly waiting: Parsed[] = [];
  private ordinal = 0;

  constructor(private readonly reader: RowReader) {}

  add(piece: JsonPiece): SourceRow[] {
    this.ordinal += 1;
    const parsed = parsePiece(piece, this.ordinal);
    if (this.rows) return ["values" in parsed ? this.rows.read(parsed) : parsed];
    this.waiting.push(parsed);
    return this.waiting.length < HEAD_OBJECTS ? [] : this.settle();
  }

  end(): SourceRow[] {
    return this.rows ? [] : this.settle();
  }

  private settle(): SourceRow[] {
    const keys = keysOf(this.waiting.flatMap((row) => ("values" in row ? [row.values] : [])));
    const rows = new ObjectRows(keys, this.reader, "bad_json");
    this.rows = rows;
    return this.waiting.splice(0).map((row) => ("values" in row ? rows.read(row) : row));
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
  if (isDeep(value)) return refuse(`The object is nested deeper than ${MAX_LEVELS} levels.`);
  return { line, ordinal, values: new Map(Object.entries(value)) };
}

/** Each string and each number as a whole, closed or not: so none is looked at twice, whatever the text is. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|-?\d[\d.eE+-]*/g;
const LARGE = /^-?\d{16,}$/;

/** Whole numbers that JavaScript can't hold become strings, so that an id keeps its digits. */
function keepLargeNumbers(json: string): string {
  if (!/\d{16}/.test(json)) return json;
  return json.replaceAll(STRING_OR_NUMBER, (token) =>
    LARGE.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}
