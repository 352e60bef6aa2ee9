import { decodeText, type TextEncoding } from "./formats/encoding";
import { readConll } from "./formats/read-conll";
import { readCsv } from "./formats/read-csv";
import { readJson } from "./formats/read-json";
import { readParquet } from "./formats/read-parquet";
import { readXlsx } from "./formats/read-xlsx";
import type { RowGroup, RowReader } from "./row-reader";
import type { SourceRow } from "./source-row";
import type { FileBytes } from "./stored-file";

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
