import type { JsonValue } from "@/contracts/common";
import type { ImportErrorCode } from "@/contracts/imports";

/** A row of the file that can be imported. */
export type GoodRow = {
  line: number;
  externalId: string;
  content: string;
  metadata: ReadonlyMap<string, JsonValue>;
  /** Of an import that brings some, by name. */
  vectors?: ReadonlyMap<string, readonly number[]> | undefined;
  /** Of an import of labels. */
  labels?: JsonValue | undefined;
};

/** A row of the file that can't, and why. */
export type RefusedRow = { line: number; externalId?: string; code: ImportErrorCode; message: string };

export type SourceRow = GoodRow | RefusedRow;

export const isRefused = (row: SourceRow): row is RefusedRow => "code" in row;
