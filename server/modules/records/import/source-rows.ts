import type { ImportOptions } from "@/contracts/imports";
import { decodeText, type TextEncoding } from "./formats/encoding";
import { readCsv } from "./formats/read-csv";
import { readJson } from "./formats/read-json";
import type { SourceRow } from "./source-row";

/** The rows of a file in groups, each good or refused with its line. @throws AppError as the readers say */
export function sourceRows(
  bytes: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
  options: ImportOptions,
): AsyncGenerator<SourceRow[]> {
  const text = decodeText(bytes, encoding);
  return isText(options) ? readCsv(text, options) : readJson(text, options);
}

/** Whether the format knows only text, so that types must be guessed. */
export const isText = ({ format }: Pick<ImportOptions, "format">): boolean =>
  format === "csv" || format === "tsv";
