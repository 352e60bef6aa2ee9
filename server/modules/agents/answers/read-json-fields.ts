import type { Range } from "./characters";
import type { FieldReading, IndexedLabel } from "./field-reading";
import { fold, type OptionIndex } from "./option-names";
import { inSchemaOrder, readOne, readSeveral, type ValueReading } from "./read-value";
import type { JsonNode, JsonObject } from "./scan-json";

/** Reads the labels' keys from the answer's JSON objects, at any depth; every repetition of a key is a reading. */
export function readJsonFields(
  raw: string,
  objects: readonly JsonObject[],
  names: ReadonlyMap<string, string>,
  labels: readonly IndexedLabel[],
): FieldReading[] {
  const byKey = keyIndex(names, labels);
  return objects.flatMap((object) => readMembers(raw, object, byKey));
}

type JsonString = Extract<JsonNode, { kind: "string" }>;
/** null: the key of a label that is not read here. */
type KeyIndex = (key: string) => IndexedLabel | null | undefined;

function keyIndex(names: ReadonlyMap<string, string>, labels: readonly IndexedLabel[]): KeyIndex {
  const byLabel = new Map(labels.map((label) => [label.definition.name, label]));
  const exact = new Map([...names].map(([name, label]) => [name, byLabel.get(label) ?? null]));
  const folded = new Map([...exact].map(([name, label]) => [fold(name), label]));
  return (key) => (exact.has(key) ? exact.get(key) : folded.get(fold(key.trim())));
}

function readMembers(raw: string, node: JsonNode, labelOf: KeyIndex): FieldReading[] {
  if (node.kind === "array") return node.items.flatMap((item) => readMembers(raw, item, labelOf));
  if (node.kind !== "object") return [];
  return node.members.flatMap(({ key, value }) => {
    const label = labelOf(key);
    if (label === null) return [];
    if (!label) return readMembers(raw, value, labelOf);
    const range = { start: value.start, end: value.end };
    const reading = readNode(raw, value, label.index, label.definition.multi ?? false);
    return [{ ...reading, label: label.definition.name, via: "json" as const, opensLine: true, range }];
  });
}

function readNode(raw: string, node: JsonNode, index: OptionIndex, multi: boolean): ValueReading {
  switch (node.kind) {
    case "object":
      return { ok: false, reason: "unknown_option" };
    case "array":
      return readItems(raw, node.items, index, multi);
    case "string":
      return readString(raw, node, index, multi);
    default:
      if (/^(?:null|None)/u.test(raw.slice(node.start, node.end))) return { ok: false, reason: "empty" };
      return readOne(raw, node, index, "refused");
  }
}

function readString(raw: string, node: JsonString, index: OptionIndex, multi: boolean): ValueReading {
  const [text, range] = node.escaped ? [node.text, { start: 0, end: node.text.length }] : [raw, node];
  const reading = multi ? readSeveral(text, range, index) : readOne(text, range, index, "allowed");
  // Offsets in an unescaped copy mean nothing in the raw answer: the whole string stands for the value.
  return reading.ok && node.escaped ? { ...reading, start: node.start, end: node.end } : reading;
}

function readItems(raw: string, items: JsonNode[], index: OptionIndex, multi: boolean): ValueReading {
  const found = new Set<string>();
  const ranges: Range[] = [];
  for (const item of items) {
    const reading = item.kind === "array" ? null : readNode(raw, item, index, false);
    if (!reading?.ok) return { ok: false, reason: "unknown_option" };
    for (const value of reading.value) found.add(value);
    ranges.push(reading);
  }
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (!first || !last) return { ok: false, reason: "empty" };
  if (found.size > 1 && !multi) return { ok: false, reason: "two_options" };
  return {
    ok: true,
    value: inSchemaOrder(found, index),
    start: first.start,
    end: multi ? last.end : first.end,
  };
}
