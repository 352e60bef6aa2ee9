import { type ExportInput, peerFormats, tableFormats } from "@/contracts/exports";
import type { Db } from "@/server/platform/db";
import { AppError, type FieldError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";

/** Formats of other tools. */
export type PeerFileName = (typeof peerFormats)[number];

/** The format, when it is another tool's. */
export const peerFormat = ({ format }: Pick<ExportInput, "format">): PeerFileName | undefined =>
  peerFormats.find((name) => name === format);

/** The format, of one that is no other tool's. */
export function tableFormat({ format }: Pick<ExportInput, "format">): (typeof tableFormats)[number] {
  const found = tableFormats.find((name) => name === format);
  if (!found) throw new Error(`${format} is no table`);
  return found;
}

/** Refuses parts that don't go together. @throws AppError `invalid` */
export function checkExport(input: ExportInput): void {
  const { kind, format, annotator, snapshot, after } = input;
  const errors: FieldError[] = [];
  const refuse = (path: string, message: string) => errors.push({ path, message });
  if (peerFormat(input) && kind === "verifications")
    refuse("format", `${format} holds labels, not verdicts: choose csv, jsonl or parquet`);
  if (annotator !== undefined && kind !== "annotations")
    refuse("annotator", "narrows annotations alone: choose kind=annotations");
  if (snapshot !== undefined && kind !== "final") refuse("snapshot", "is of final labels: choose kind=final");
  if (after !== undefined) {
    if (format !== "csv" && format !== "jsonl")
      refuse("after", `can't join parts of ${format}: choose csv or jsonl`);
    if (kind === "final" && snapshot === undefined)
      refuse("after", "goes on in one snapshot: name the one of the X-Tandem-Snapshot header by snapshot=");
  }
  const [first] = errors;
  if (first)
    throw new AppError("invalid", `Nothing can be exported: ${first.path} ${first.message}.`, { errors });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The position of the record that `after` names as the first column of the file names it: by its external id in records,
 * else by its id. It may have been deleted since.
 * @throws AppError `invalid`
 */
export async function findPosition(
  db: Db,
  projectId: string,
  { kind, after }: Pick<ExportInput, "kind" | "after">,
): Promise<string | null> {
  if (after === undefined) return null;
  const named =
    kind === "records"
      ? sql`r."externalId" = ${after}::text`
      : sql`r."id" = ${UUID.test(after) ? after : null}::uuid`;
  const [found] = await queryRows<{ position: string }>(
    db,
    sql`select r."position"::text as "position" from "Record" r where r."projectId" = ${projectId}::uuid and ${named}`,
  );
  if (found) return found.position;
  const message = `names no record of this project: give the ${kind === "records" ? "id" : "record_id"} of the last whole record`;
  throw new AppError("invalid", `Nothing can be exported: after ${message}.`, {
    errors: [{ path: "after", message }],
  });
}
