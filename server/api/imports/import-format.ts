import type { ImportOptions } from "@/contracts/imports";
import { AppError } from "@/server/platform/errors";

type Format = ImportOptions["format"];

const byType: Readonly<Record<string, Format>> = {
  "text/csv": "csv",
  "application/csv": "csv",
  "text/tab-separated-values": "tsv",
  "application/x-ndjson": "jsonl",
  "application/jsonl": "jsonl",
  "application/json": "json",
  "application/vnd.apache.parquet": "parquet",
  "application/x-parquet": "parquet",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
};

const byEnding: Readonly<Record<string, Format>> = {
  csv: "csv",
  tsv: "tsv",
  tab: "tsv",
  jsonl: "jsonl",
  ndjson: "jsonl",
  json: "json",
  parquet: "parquet",
  xlsx: "xlsx",
};

/** What a file is by its name; undefined when the ending says nothing. */
const formatOfName = (fileName: string | null): Format | undefined =>
  byEnding[/\.([^.]+)$/.exec(fileName ?? "")?.[1]?.toLowerCase() ?? ""];

const typeOf = (contentType: string): string => contentType.split(";")[0]?.trim().toLowerCase() ?? "";

/** What a file is by its Content-Type, else by its name; undefined when neither says. */
export const formatOfFile = (file: { contentType: string; fileName: string | null }): Format | undefined =>
  byType[typeOf(file.contentType)] ?? formatOfName(file.fileName);

/** As {@link formatOfFile}. @throws AppError `unsupported_media_type` */
export function formatOf(contentType: string, fileName: string | null): Format {
  const type = typeOf(contentType);
  const format = formatOfFile({ contentType, fileName });
  if (format) return format;
  throw new AppError(
    "unsupported_media_type",
    `A file of the type "${type || "none"}" can't be imported. Send CSV (text/csv), TSV (text/tab-separated-values), ` +
      "JSON Lines (application/x-ndjson), JSON (application/json), Parquet (application/vnd.apache.parquet) or an " +
      "Excel workbook (.xlsx), or say format=csv.",
  );
}

const charsets: Readonly<Record<string, ImportOptions["encoding"]>> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "utf-8",
  latin1: "latin1",
  "iso-8859-1": "latin1",
  "windows-1252": "latin1",
  "utf-16le": "utf-16le",
};

/** The encoding that a Content-Type names; undefined when it names none, or `utf-16`, which has a mark. */
export function charsetOf(contentType: string): ImportOptions["encoding"] | undefined {
  const name = /;\s*charset="?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase();
  if (name === undefined || name === "utf-16") return undefined;
  const encoding = charsets[name];
  if (encoding) return encoding;
  throw new AppError(
    "unsupported_media_type",
    `The charset "${name}" is not known. Send UTF-8, ISO-8859-1 or UTF-16LE, or leave the charset out.`,
  );
}
