import type { ImportFormat, ImportOptions } from "@/contracts/imports";
import { decodeText, type TextEncoding } from "./formats/encoding";
import { readConll } from "./formats/read-conll";
import { readCsv } from "./formats/read-csv";
import { readJson } from "./formats/read-json";
import { readParquet } from "./formats/read-parquet";
import { readXlsx } from "./formats/read-xlsx";
import type { LabelReader } from "./label-import";
import type { SourceRow } from "./source-row";
import type { FileBytes } from "./stored-file";

/** Some rows in the order of the file, and the share of the file, 0 to 1, that has been read with them. */
export type RowGroup = { rows: SourceRow[]; share: number };

export type RowReader = {
  options: ImportOptions;
  readRow?: LabelReader["readRow"];
  /** Told once, before the first row: the columns that become metadata, in the order of the file. */
  onColumns?: (names: readonly string[]) => void;
};

/** The rows of a file in groups, each good or refused with its line. @throws AppError as the readers say */
export function sourceRows(
  file: FileBytes,
  encoding: TextEncoding | null,
  reader: RowReader,
): AsyncGenerator<RowGroup> {
  switch (reader.options.format) {
    case "parquet":
      return readParquet(file, reader);
    case "xlsx":
      return readXlsx(file, reader);
    case "json":
    case "jsonl":
      return textRows(file, encoding, (text) => readJson(text, reader));
    case "conll":
      return textRows(file, encoding, (text) => readConll(text, reader));
    default:
      return textRows(file, encoding, (text) => readCsv(text, reader));
  }
}

async function* textRows(
  file: FileBytes,
  encoding: TextEncoding | null,
  read: (text: AsyncIterable<string>) => AsyncGenerator<SourceRow[]>,
): AsyncGenerator<RowGroup> {
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of file.read()) {
      bytes += piece.byteLength;
      yield piece;
    }
  }
  const text = decodeText(counted(), encoding ?? "utf-8");
  for await (const rows of read(text)) yield { rows, share: bytes / Math.max(file.size, 1) };
}

/** Whether the format knows only text, so that types must be guessed. */
export const isText = ({ format }: { format: ImportFormat }): boolean => format === "csv" || format === "tsv";

/** Whether the format is no text, so that it has no encoding and no beginning that says what it holds. */
export const isBinary = <T extends { format: ImportFormat }>(
  asked: T,
): asked is T & { format: "parquet" | "xlsx" } => asked.format === "parquet" || asked.format === "xlsx";
