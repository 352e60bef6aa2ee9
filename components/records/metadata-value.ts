import type { JsonValue } from "@/contracts/common";
import type { Project } from "@/contracts/projects";

export type MetadataType = Project["metadata"][number]["type"];

export const metadataTypes = [
  { value: "string", label: "Text" },
  { value: "number", label: "Number" },
  { value: "boolean", label: "True or false" },
  { value: "json", label: "JSON" },
] as const satisfies readonly { value: MetadataType; label: string }[];

/** What somebody typed, in the type they mean; or why it isn't of that type. */
export function readMetadataValue(
  text: string,
  type: MetadataType,
): { value: JsonValue } | { problem: string } {
  if (type === "string") return { value: text };
  const trimmed = text.trim();
  if (type === "boolean")
    return trimmed === "true" || trimmed === "false"
      ? { value: trimmed === "true" }
      : { problem: "Type true or false" };
  const value = parse(trimmed);
  if (type === "number") return typeof value === "number" ? { value } : { problem: "Type a number, as 12.5" };
  return value === undefined || value === null
    ? { problem: 'Type JSON, as ["a", "b"] or {"x": 1}' }
    : { value };
}

/** The text in which a value is edited. */
export const printMetadataValue = (value: JsonValue | undefined): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

export const typeOfValue = (value: JsonValue): MetadataType =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? (typeof value as MetadataType)
    : "json";

function parse(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
