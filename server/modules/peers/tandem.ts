/*
 * Tandem's own export of annotations: a row for each label of each annotator, CSV with snake_case heads or JSON Lines
 * with camelCase keys.
 */
import type { JsonValue } from "@/contracts/common";
import { confOf, isObject, numberOf, optionsOf, textOf } from "./json-access";
import type { JsonObject, ParsedItems, PeerLabel } from "./peer-item";

/** One row. What a cell holds as text (`0.9`, `["a","b"]`) and what JSON holds as such is read alike. */
export function parseTandem(value: JsonValue): ParsedItems {
  if (!isObject(value)) return [{ problem: "A row of an export is an object." }];
  const get = (name: string) => value[camelCase(name)] ?? value[name];
  const externalId = textOf(get("external_id"));
  const content = textOf(get("content"));
  const label = textOf(get("label"));
  if (externalId === undefined || content === undefined || label === undefined)
    return [{ problem: 'A row of annotations needs "external_id", "content" and "label".' }];
  const chosen = readOptions(get("value"));
  if (!chosen || chosen.length === 0) return [{ problem: `The value of "${label}" is empty.` }];
  const [start, end] = [readNumber(get("start")), readNumber(get("end"))];
  const isSpan = get("level") === "span";
  const found: PeerLabel = {
    label,
    level: isSpan ? "span" : "record",
    value: chosen,
    start: isSpan ? (start ?? -1) : undefined,
    end: isSpan ? (end ?? -1) : undefined,
    conf: confOf(readNumber(get("conf")) ?? null).conf,
    annotator: textOf(get("annotator_name")),
    annotatorId: textOf(get("annotator_id")),
    machine: get("annotator_kind") === "job" ? true : undefined,
    confMethod: textOf(get("conf_method")),
    metadata: readMetadata(get("metadata")),
  };
  return [{ externalId, content, metadata: {}, labels: [found], left: [] }];
}

const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function readOptions(value: JsonValue | undefined): string[] | undefined {
  if (typeof value !== "string" || !value.startsWith("[")) return optionsOf(value);
  const list = readJson(value);
  return Array.isArray(list) ? optionsOf(list) : undefined;
}

function readNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value !== "string" || value === "") return numberOf(value);
  return numberOf(Number(value));
}

function readMetadata(value: JsonValue | undefined): JsonObject | undefined {
  const read = typeof value === "string" && value !== "" ? readJson(value) : value;
  return isObject(read) && Object.keys(read).length > 0 ? read : undefined;
}

function readJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    // Told as a value that can't be read.
    return undefined;
  }
}
