import type { ImportFormat, ImportOptions } from "@/contracts/imports";
import type { LabelReader } from "./label-import";
import type { SourceRow } from "./source-row";

/** Some rows in the order of the file, and the share of the file, 0 to 1, that has been read with them. */
export type RowGroup = { rows: SourceRow[]; share: number };

export type RowReader = {
  options: ImportOptions;
  readRow?: LabelReader["readRow"];
  /** Told once, before the first row: the columns that become metadata, in the order of the file. */
  onColumns?: (names: readonly string[]) => void;
};

/** Whether the format knows only text, so that types must be guessed. */
export const isText = ({ format }: { format: ImportFormat }): boolean => format === "csv" || format === "tsv";

/** Whether the format is no text, so that it has no encoding and no beginning that says what it holds. */
export const isBinary = <T extends { format: ImportFormat }>(
  asked: T,
): asked is T & { format: "parquet" | "xlsx" } => asked.format === "parquet" || asked.format === "xlsx";
