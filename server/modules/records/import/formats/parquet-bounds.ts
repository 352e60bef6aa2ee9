import type { Compressors, FileMetaData, SchemaTree } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { getTreePath } from "hyparquet/src/schema.js";
import { AppError } from "@/server/platform/errors";
import { type PackedColumn, repeatedBytes } from "./parquet-repeats";

export const MEGABYTE = 1024 * 1024;
/** Compressed bytes of a row group's wanted columns, which are held while its rows are read. */
export const MAX_GROUP = 256 * MEGABYTE;
/** Bytes of one page, unpacked. */
export const MAX_PAGE = 256 * MEGABYTE;
/** Bytes, unpacked, that are decoded at a time of all wanted columns. */
const MAX_UNPACKED = 512 * MEGABYTE;
/** Values of one page: a few bytes can say that one value comes as often as they like. */
const MAX_PAGE_VALUES = 2_000_000;
/** Values that are decoded at a time of all wanted columns. */
const MAX_VALUES = 20_000_000;

type Group = FileMetaData["row_groups"][number];
type Chunk = PackedColumn & {
  name: string;
  /** Bytes of the file. */
  start: number;
  end: number;
  /** Decoded page by page; others at once. */
  isFlat: boolean;
};
type Found = { values: number; bytes: number };
type Read = { schema: SchemaTree; wanted: readonly SchemaTree[]; compressors: Compressors };

/**
 * What a row group asks for, found from the heads of its pages before any of them is decoded: the decoder makes lists as
 * long as a head says.
 */
export class GroupBounds {
  private readonly chunks: readonly Chunk[];
  private readonly rows: number;
  private readonly decoded: Found = { values: 0, bytes: 0 };

  /** @throws AppError `too_large_row_group` by what the footer says of it */
  constructor(group: Group, { schema, wanted, compressors }: Read) {
    this.rows = Number(group.num_rows);
    this.chunks = group.columns.flatMap(({ meta_data }) => {
      const name = meta_data?.path_in_schema[0] ?? "";
      const column = wanted.find(({ element }) => element.name === name);
      if (!meta_data || !column) return [];
      const schemaPath = getTreePath(schema, meta_data.path_in_schema);
      const start = Number(meta_data.dictionary_page_offset || meta_data.data_page_offset);
      const end = start + Number(meta_data.total_compressed_size);
      const isFlat = column.children.length === 0 && column.element.repetition_type !== "REPEATED";
      return [{ name, start, end, isFlat, about: meta_data, schemaPath, compressors }];
    });
    if (this.chunks.reduce((sum, { start, end }) => sum + end - start, 0) > MAX_GROUP)
      throw tooLarge(`is larger than ${MAX_GROUP / MEGABYTE} MB`);
  }

  /**
   * Looks through those columns that lie whole in `bytes`, which stand in the file at `at`.
   * @throws AppError `too_large_row_group`; Error when a column ends before the group's rows do
   */
  check(bytes: ArrayBuffer, at: number): void {
    for (const chunk of this.chunks) {
      if (chunk.start < at || chunk.end > at + bytes.byteLength) continue;
      const { values, bytes: unpacked } = this.pagesOf(
        new DataView(bytes, chunk.start - at, chunk.end - chunk.start),
        chunk,
      );
      this.decoded.values += values;
      this.decoded.bytes += unpacked;
    }
    if (this.decoded.values > MAX_VALUES)
      throw tooLarge(`has more than ${MAX_VALUES / 1_000_000} million values to be read at once`);
    if (this.decoded.bytes > MAX_UNPACKED)
      throw tooLarge(`has more than ${MAX_UNPACKED / MEGABYTE} MB, unpacked, to be read at once`);
  }

  /** What is decoded at a time of a column: its largest page, or all of them when it is nested; and its dictionary. */
  private pagesOf(view: DataView<ArrayBuffer>, chunk: Chunk): Found {
    const { name, isFlat } = chunk;
    const reader = { view, offset: 0 };
    const whole: Found = { values: 0, bytes: 0 };
    const largest: Found = { values: 0, bytes: 0 };
    const dictionary: Found = { values: 0, bytes: 0 };
    while (reader.offset < view.byteLength - 1 && !(isFlat && whole.values >= this.rows)) {
      const head = parquetHeader(reader);
      if (!(head.compressed_page_size >= 0)) throw new Error(`a page of "${name}" has no size`);
      const packed = new Uint8Array(view.buffer, view.byteOffset + reader.offset, head.compressed_page_size);
      reader.offset += head.compressed_page_size;
      const page = { values: valuesOf(head), bytes: Number(head.uncompressed_page_size) };
      if (page.values > MAX_PAGE_VALUES)
        throw tooLarge(`has a page of more than ${MAX_PAGE_VALUES / 1_000_000} million values in "${name}"`);
      page.bytes += repeatedBytes(packed, head, chunk);
      const place = head.type === "DICTIONARY_PAGE" ? dictionary : whole;
      place.values += page.values;
      place.bytes += page.bytes;
      largest.values = Math.max(largest.values, page.values);
      largest.bytes = Math.max(largest.bytes, page.bytes);
    }
    if (whole.values < this.rows) throw new Error(`"${name}" has fewer values than there are rows`);
    const atOnce = isFlat ? largest : whole;
    return { values: atOnce.values + dictionary.values, bytes: atOnce.bytes + dictionary.bytes };
  }
}

/** How many values the decoder makes room for. */
function valuesOf(head: ReturnType<typeof parquetHeader>): number {
  const { data_page_header: first, data_page_header_v2: second, dictionary_page_header: dictionary } = head;
  if (second) return Math.max(second.num_values, second.num_values - second.num_nulls);
  return first?.num_values ?? dictionary?.num_values ?? 0;
}

/** @param what said of the row group that is too large */
export function tooLarge(what: string): AppError {
  const message = `A row group of the file ${what}. Write the file anew with smaller ones (row_group_size=10000).`;
  return new AppError("too_large_row_group", message, { errors: [{ path: "file", message }] });
}
