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
  labels?: JsonValue | undefined;
};

type Problem = { code: ImportErrorCode; message: string };

/** The row to import, or the first reason to refuse it. The id loses surrounding white space; the text nothing, but must hold more than that. */
export function checkRow(row: RawRow): SourceRow {
  const { line, content, metadata, vectors, labels } = row;
  const externalId = row.externalId.trim();
  const problem =
    sizeProblem(externalId, content, metadata) ?? characterProblem(externalId, content, metadata);
  // All members by name: copying the rest of an object costs more than all checks.
  if (problem === undefined) return { line, externalId, content, metadata, vectors, labels };
  const known = externalId !== "" && isStorable(externalId) && !isLongerThan(externalId, MAX_EXTERNAL_ID);
  return { line, ...(known ? { externalId } : {}), ...problem };
}

type Metadata = RawRow["metadata"];

function sizeProblem(externalId: string, content: string, metadata: Metadata): Problem | undefined {
  if (externalId === "") return { code: "empty_id", message: "The id is empty." };
  if (isLongerThan(externalId, MAX_EXTERNAL_ID)) return tooLong("The id", MAX_EXTERNAL_ID);
  if (content.trim() === "")
    return { code: "empty_content", message: "The text is empty or only white space." };
  if (isLongerThan(content, MAX_CONTENT)) return tooLong("The text", MAX_CONTENT);
  for (const [name, value] of metadata)
    if (isLongerThan(typeof value === "string" ? value : JSON.stringify(value), MAX_METADATA_VALUE))
      return tooLong(`"${name}"`, MAX_METADATA_VALUE);
  return undefined;
}

const tooLong = (what: string, limit: number): Problem => ({
  code: "too_long",
  message: `${what} is longer than ${limit} characters.`,
});

function characterProblem(externalId: string, content: string, metadata: Metadata): Problem | undefined {
  if (!isStorable(externalId)) return unstorable("The id");
  if (!isStorable(content)) return unstorable("The text");
  for (const [name, value] of metadata) if (!holdsStorable(value)) return unstorable(`"${name}"`);
  return undefined;
}

const unstorable = (what: string): Problem => ({
  code: "bad_character",
  message: `${what} holds U+0000 or half of a character, which can't be stored.`,
});

/** Whether PostgreSQL can hold every text inside a JSON value, keys included. */
function holdsStorable(value: JsonValue): boolean {
  if (typeof value === "string") return isStorable(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && holdsStorable(inner));
}
