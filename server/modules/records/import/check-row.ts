import { isStorable, type JsonValue } from "@/contracts/common";
import type { ImportErrorCode } from "@/contracts/imports";
import { isLongerThan, MAX_CONTENT, MAX_EXTERNAL_ID, MAX_METADATA_VALUE } from "./limits";
import type { GoodRow, SourceRow } from "./source-row";

/** What a row says, before anything is checked. */
export type RawRow = {
  line: number;
  externalId: string;
  content: string;
  metadata: ReadonlyMap<string, JsonValue>;
  /** By the names of their columns. */
  vectors?: GoodRow["vectors"];
  /** Of an import of labels. */
  labels?: JsonValue;
};

/** The row to import, or the first reason to refuse it. The id loses surrounding white space; the text nothing, but must hold more than that. */
export function checkRow({ externalId: givenId, ...row }: RawRow): SourceRow {
  const { line, content, metadata } = row;
  const externalId = givenId.trim();
  const known = externalId !== "" && isStorable(externalId) && !isLongerThan(externalId, MAX_EXTERNAL_ID);
  const refuse = (code: ImportErrorCode, message: string): SourceRow => ({
    line,
    ...(known ? { externalId } : {}),
    code,
    message,
  });
  if (externalId === "") return refuse("empty_id", "The id is empty.");
  if (isLongerThan(externalId, MAX_EXTERNAL_ID))
    return refuse("too_long", `The id is longer than ${MAX_EXTERNAL_ID} characters.`);
  if (content.trim() === "") return refuse("empty_content", "The text is empty or only white space.");
  if (isLongerThan(content, MAX_CONTENT))
    return refuse("too_long", `The text is longer than ${MAX_CONTENT} characters.`);
  for (const [name, value] of metadata)
    if (isLongerThan(typeof value === "string" ? value : JSON.stringify(value), MAX_METADATA_VALUE))
      return refuse("too_long", `"${name}" is longer than ${MAX_METADATA_VALUE} characters.`);
  const unstorable = [
    ["The id", externalId],
    ["The text", content],
    ...[...metadata].map(([name, value]) => [`"${name}"`, value] as const),
  ].find(([, value]) => value !== undefined && !holdsStorable(value));
  if (unstorable)
    return refuse(
      "bad_character",
      `${unstorable[0]} holds U+0000 or half of a character, which can't be stored.`,
    );
  return { ...row, externalId };
}

/** Whether PostgreSQL can hold every text inside a JSON value, keys included. */
function holdsStorable(value: JsonValue): boolean {
  if (typeof value === "string") return isStorable(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && holdsStorable(inner));
}
