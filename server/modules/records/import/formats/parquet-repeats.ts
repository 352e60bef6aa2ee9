import type { ColumnMetaData, Compressors, SchemaTree } from "hyparquet";
import type { parquetHeader } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS as parsers } from "hyparquet/src/convert.js";
import { decompressPage, readDataPage, readDataPageV2 } from "hyparquet/src/datapage.js";

/** What is needed to unpack the pages of a column. */
export type PackedColumn = {
  about: Pick<ColumnMetaData, "codec" | "path_in_schema">;
  /** From the root of the schema to the column. */
  schemaPath: SchemaTree[];
  compressors: Compressors;
};

/** Each value is a number of bytes that it has in common with the one before, and its own bytes. */
const REPEATING = "DELTA_BYTE_ARRAY";
/** How those numbers, with which such a page begins, are written. */
const NUMBERS = "DELTA_BINARY_PACKED";

/**
 * Bytes that the values of a page take from the values before them: a few bytes can say that two million values repeat
 * a long one. The decoder makes room for what is said, so the numbers alone are read first.
 */
export function repeatedBytes(
  packed: Uint8Array,
  head: ReturnType<typeof parquetHeader>,
  { about, schemaPath, compressors }: PackedColumn,
): number {
  const { data_page_header: first, data_page_header_v2: second } = head;
  const element = schemaPath.at(-1)?.element;
  if (!element) return 0;
  const { codec, path_in_schema: pathInSchema } = about;
  const decoder = { pathInSchema, type: "INT32" as const, element, schemaPath, codec, compressors, parsers };
  if (second?.encoding === REPEATING) {
    const asNumbers = { ...head, data_page_header_v2: { ...second, encoding: NUMBERS } as const };
    return sumOf(readDataPageV2(packed, asNumbers, decoder).dataPage);
  }
  if (first?.encoding === REPEATING) {
    const page = decompressPage(packed, Number(head.uncompressed_page_size), codec, compressors);
    return sumOf(readDataPage(page, { ...first, encoding: NUMBERS }, decoder).dataPage);
  }
  return 0;
}

function sumOf(numbers: ArrayLike<unknown>): number {
  let sum = 0;
  for (let at = 0; at < numbers.length; at++) sum += Math.max(Number(numbers[at]), 0);
  return sum;
}
