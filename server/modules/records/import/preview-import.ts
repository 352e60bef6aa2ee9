import type { z } from "zod";
import type { ImportFormat, ImportPreview, previewFileQuery, previewImportInput } from "@/contracts/imports";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { type Head, readHead } from "./check-head";
import { describeColumns, shown } from "./describe-columns";
import { headEncoding } from "./formats/encoding";
import { firstParquetRows, openParquet } from "./formats/read-parquet";
import { firstSheetRows } from "./formats/read-xlsx";
import { requireSignature } from "./formats/refuse-binary";
import { HEAD_BYTES } from "./limits";
import { isBinary, isText } from "./row-reader";
import { bytesInMemory, type FileBytes } from "./stored-file";

/** Rows that types, ids and repeated ids are looked for in; of a text file only those among its first bytes. */
const LOOKED_AT = 5000;
const SHOWN_ROWS = 8;

type SampleInput = Omit<z.infer<typeof previewImportInput>, "project">;
type FileInput = z.infer<typeof previewFileQuery>;
type Look = Head & { sheets: string[]; encoding: string };

/**
 * Looks at the first bytes of a file: its columns with their types, some rows, what each column could become, and
 * what is wrong with its ids. Nothing is kept.
 * @throws AppError `binary_file`, `malformed_file`, `too_many_columns`; `whole_file_needed` for a Parquet file or
 * workbook of which this is only the beginning
 */
export function previewImport(
  db: Db,
  member: ProjectActor,
  { fileName, sample, whole, format: given, encoding }: SampleInput,
): Promise<ImportPreview> {
  const bytes = Buffer.from(sample, "base64");
  const format = given ?? formatByContent(fileName, bytes);
  if (isBinary({ format }) && !whole)
    throw new AppError(
      "whole_file_needed",
      "The beginning of this file does not say what it holds. Send the whole file to be looked into.",
    );
  return present(db, member, format, () => look(bytesInMemory(bytes), bytes, { format, encoding, whole }));
}

/** As {@link previewImport}, of a whole file: for Parquet and workbooks too. */
export async function previewFile(
  db: Db,
  member: ProjectActor,
  file: FileBytes,
  { fileName, format: given, encoding, sheet }: FileInput,
): Promise<ImportPreview> {
  const head = await file.slice(0, HEAD_BYTES);
  const format = given ?? formatByContent(fileName, head);
  const whole = file.size <= HEAD_BYTES;
  return present(db, member, format, () => look(file, head, { format, encoding, whole, sheet }));
}

type Asked = Pick<SampleInput, "encoding" | "whole"> & { format: ImportFormat; sheet?: string | undefined };

async function look(file: FileBytes, head: Uint8Array, { sheet, ...asked }: Asked): Promise<Look> {
  const { format, encoding } = asked;
  if (!isBinary(asked)) {
    const found = readHead(head, { format, encoding }, asked.whole, LOOKED_AT);
    return { ...found, sheets: [], encoding: headEncoding(head, encoding) };
  }
  requireSignature(head, asked.format);
  if (asked.format === "xlsx")
    return { ...(await firstSheetRows(file, { sheet }, LOOKED_AT)), encoding: "utf-8" };
  const table = await openParquet(file);
  const rows = await firstParquetRows(table, LOOKED_AT);
  return { columns: table.columns, rows, sheets: [], encoding: "utf-8" };
}

async function present(
  db: Db,
  { projectId }: ProjectActor,
  format: ImportFormat,
  lookInto: () => Promise<Look>,
): Promise<ImportPreview> {
  const { columns: names = [], rows, sheets, encoding } = await lookInto();
  const known = await db.metadataName.findMany({
    where: { projectId },
    select: { name: true, visibility: true },
  });
  const visibility = new Map(known.map(({ name, visibility }) => [name, visibility]));
  return {
    format,
    encoding,
    ...describeColumns(names, rows, isText({ format }), visibility),
    rows: rows.slice(0, SHOWN_ROWS).map((row) => names.map((name) => shown(row.get(name)))),
    looked: rows.length,
    sheets,
  };
}

/** What a file is by its name where that is plain, else by how it begins. */
export function formatByContent(fileName: string, head: Uint8Array): ImportFormat {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  const start = Buffer.from(head.subarray(0, 4)).toString("latin1");
  if (start === "PAR1") return "parquet";
  if (start === "PK\x03\x04") return "xlsx";
  if (ending === "tsv" || ending === "tab") return "tsv";
  const text = Buffer.from(head.subarray(0, 64 * 1024))
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart();
  const first = text.charAt(0);
  if (ending === "csv" || (first !== "{" && first !== "[")) return "csv";
  if (first === "[") return "json";
  if (ending === "jsonl" || ending === "ndjson") return "jsonl";
  return isJsonLine(text) ? "jsonl" : "json";
}

/** Whether the first line is an object of its own, with another line below or nothing. */
function isJsonLine(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text.split("\n", 1)[0] ?? "");
    const holdsRows = Object.values(value ?? {}).some((inner) => Array.isArray(inner));
    return !holdsRows || text.trim().includes("\n");
  } catch {
    return false;
  }
}
