import type pg from "pg";
import type { JsonValue } from "@/contracts/common";
import type { ImportOptions } from "@/contracts/imports";
import type { RawRow } from "./check-row";
import type { RefusedRow } from "./source-row";

/** One row of the file as it stands there: keys and values of an object, or header names and cells. */
export type FileRow = {
  /** As reported for a refused row. */
  line: number;
  /** 1 for the first row. */
  ordinal: number;
  values: ReadonlyMap<string, JsonValue>;
};

/** A record with the labels that its row brings, in whatever form `afterRecords` reads them again. */
export type LabelledRow = RawRow & { labels: JsonValue };

/** The temporary table of the rows that were not refused, in the import's own transaction. */
export const STAGED_ROWS = "import_rows";

export type LabelRun = {
  projectId: string;
  importId: string;
  userId: string;
  options: ImportOptions;
  signal: AbortSignal;
};

/** How an import of kind `labels` reads rows and writes their labels; given by the module that knows labels. */
export type LabelImport = {
  /** Called once a run, before the first row: loads what rows are checked against. */
  open(client: pg.ClientBase, run: LabelRun): Promise<LabelReader>;
};

export type LabelReader = {
  /** Reads one row of the file. Id, text and metadata of what it returns are then checked as any row's are. */
  readRow(row: FileRow): LabelledRow | RefusedRow;
  /**
   * Called when all rows are in {@link STAGED_ROWS}, before records are written. It may give rows the external id of
   * a record that is there, and takes out of the table what can't be imported, with a refusal for each.
   * @param refused rows of the import that are refused already
   * @returns how many it refused
   */
  beforeRecords(refused: number): Promise<number>;
  /**
   * Called when the records are written, in the same transaction: {@link STAGED_ROWS} holds
   * `ord, line, "externalId", labels`; the record of a row is the one with its external id.
   * @returns how many rows of records that were there already changed anything
   */
  afterRecords(): Promise<number>;
};
