import type { LabelDefinition } from "@/contracts/label-schema";
import { isSpace, type Range } from "../answers/characters";
import { divideAnswer } from "../answers/divide-answer";
import { fieldNames } from "../answers/field-names";
import { findFields } from "../answers/find-fields";
import { fold, indexOptions, type OptionIndex } from "../answers/option-names";
import { readOne, readSeveral } from "../answers/read-value";
import { type JsonNode, scanJsonValue } from "../answers/scan-json";
import type { SpanClaim } from "./align-spans";

/** One span as an answer claims it. `range` is the place of its value in the raw answer, UTF-16. */
export type ReadClaim = SpanClaim & { value: string[]; range: Range };
export type ClaimProblem =
  | "no_field"
  | "conflicting_fields"
  /** The label's field holds no list, or one that did not end. */
  | "not_a_list"
  /** An entry of the list is no quote with an option. */
  | "unreadable_span"
  | "too_many_spans";
/** `problem` is the first thing that could not be read; the claims beside it were. */
export type SpanClaims = { claims: ReadClaim[]; problem: ClaimProblem | null };

const MOST_CLAIMS = 1000;
/** An answer that names its fields more often has run away. */
const MOST_FIELDS = 1000;
const QUOTE_KEYS = new Set(["text", "quote", "span", "words", "mention"]);
const VALUE_KEYS = ["label", "value", "option", "type", "category", "class", "tag"];
const START_KEYS = new Set(["start", "begin", "start_offset"]);
const OCCURRENCE_KEYS = new Set(["occurrence", "nth"]);

/**
 * Reads the lists of spans in an answer, by label: a member of its JSON, a field of its text with a JSON list, or the
 * whole answer where only this label was asked for. An entry is `{text, label, start?, occurrence?}`; a list of
 * quotes by option (`{"person": ["Ann"]}`) is taken too.
 *
 * @param labels all labels that the prompt asked for
 */
export function readSpanClaims(raw: string, labels: readonly LabelDefinition[]): Record<string, SpanClaims> {
  const nodes = fieldNodes(raw, labels);
  return Object.fromEntries(
    labels
      .filter(({ level }) => level === "span")
      .map((label) => [label.name, readField(raw, label, nodes.get(label.name) ?? [])]),
  );
}

/** The values of the labels' fields, each label's in order; null where a text field holds no JSON. */
function fieldNodes(raw: string, labels: readonly LabelDefinition[]): Map<string, (JsonNode | null)[]> {
  const { answer, objects, texts } = divideAnswer(raw);
  const names = fieldNames(labels);
  const folded = new Map([...names].map(([name, label]) => [fold(name), label]));
  const found = new Map<string, (JsonNode | null)[]>();
  const add = (label: string, node: JsonNode | null) => {
    const nodes = found.get(label);
    if (nodes) nodes.push(node);
    else found.set(label, [node]);
  };
  const visit = (node: JsonNode): void => {
    if (node.kind === "array") node.items.forEach(visit);
    if (node.kind !== "object") return;
    for (const { key, value } of node.members) {
      const label = names.get(key) ?? folded.get(fold(key.trim()));
      if (label === undefined) visit(value);
      else add(label, value);
    }
  };
  // In running text a list's own objects are found as well: they belong to the field before them.
  const named = findFields(raw, names, answer).slice(0, MOST_FIELDS);
  const markers = named.filter(
    ({ nameStart }) => !objects.some(({ start, end }) => nameStart > start && nameStart < end),
  );
  const lists = markers.map(({ label, valueStart }) => ({ label, node: scanJsonValue(raw, valueStart) }));
  const whole = markers.length === 0 && labels.length === 1 ? scanWhole(raw, texts[0]) : null;
  const covered = [...lists.map(({ node }) => node), whole].flatMap((node) => node ?? []);
  for (const object of objects)
    if (!covered.some(({ start, end }) => object.start >= start && object.end <= end)) visit(object);
  for (const { label, node } of lists) add(label, node);
  const [only] = labels;
  if (whole && only && found.size === 0) add(only.name, whole);
  return found;
}

/** A list that the answer begins with, behind the opening of a fence. */
function scanWhole(raw: string, text: Range | undefined): JsonNode | null {
  let at = text?.start ?? raw.length;
  const fence = /^```[a-z]*\s/u.exec(raw.slice(at, at + 20));
  at += fence?.[0].length ?? 0;
  while (at < raw.length && isSpace(raw[at] ?? "")) at++;
  return raw[at] === "[" ? scanJsonValue(raw, at) : null;
}

function readField(raw: string, label: LabelDefinition, nodes: (JsonNode | null)[]): SpanClaims {
  const [node] = nodes;
  if (node === undefined) return { claims: [], problem: "no_field" };
  if (nodes.some((other) => textOf(raw, other) !== textOf(raw, node)))
    return { claims: [], problem: "conflicting_fields" };
  const index = indexOptions(label.options);
  const entries = node && entriesOf(node, index);
  if (!entries) return { claims: [], problem: "not_a_list" };
  if (entries.length > MOST_CLAIMS) return { claims: [], problem: "too_many_spans" };
  const claims = entries.map((entry) => readClaim(raw, label, index, entry));
  const read = claims.flatMap((claim) => claim ?? []);
  return { claims: read, problem: read.length < claims.length ? "unreadable_span" : null };
}

const textOf = (raw: string, node: JsonNode | null) => node && raw.slice(node.start, node.end);

/** An entry whose option is the key under which its quote stands. */
type ByOption = { option: string; quote: JsonNode };
type Entry = JsonNode | ByOption;

function entriesOf(node: JsonNode, index: OptionIndex): Entry[] | null {
  if (node.kind === "array") return node.items;
  if (node.kind !== "object") return null;
  if (node.members.some(({ key }) => QUOTE_KEYS.has(fold(key)))) return [node];
  return node.members.flatMap(({ key, value }): Entry[] => {
    const option = index.exact.get(key) ?? index.folded.get(fold(key)) ?? "";
    const quotes = value.kind === "array" ? value.items : [value];
    return quotes.map((quote) => ({ option, quote }));
  });
}

function readClaim(raw: string, label: LabelDefinition, index: OptionIndex, entry: Entry): ReadClaim | null {
  if ("option" in entry) {
    const { option, quote } = entry;
    if (option === "" || quote.kind !== "string") return null;
    return { quote: quote.text, value: [option], range: { start: quote.start, end: quote.start } };
  }
  if (entry.kind !== "object") return null;
  const members = (names: ReadonlySet<string>) =>
    entry.members.flatMap(({ key, value }) => (names.has(fold(key.trim())) ? [value] : []));
  const [quote, secondQuote] = members(QUOTE_KEYS);
  if (quote?.kind !== "string" || secondQuote) return null;
  const [given, secondValue] = members(new Set([...VALUE_KEYS, fold(label.name)]));
  if (secondValue) return null;
  const value = given ? readOptions(raw, given, label, index) : onlyOption(label);
  if (!value) return null;
  return {
    quote: quote.text,
    value,
    range: given ?? { start: quote.start, end: quote.start },
    start: wholeNumber(raw, members(START_KEYS), 0),
    occurrence: wholeNumber(raw, members(OCCURRENCE_KEYS), 1),
  };
}

function readOptions(
  raw: string,
  node: JsonNode,
  label: LabelDefinition,
  index: OptionIndex,
): string[] | null {
  if (node.kind === "array") {
    const items = node.items.map((item) =>
      item.kind === "array" ? null : readOptions(raw, item, label, index),
    );
    const values = new Set(items.flatMap((item) => item ?? []));
    if (items.includes(null) || values.size === 0 || (values.size > 1 && !label.multi)) return null;
    return index.options.flatMap(({ value }) => (values.has(value) ? [value] : []));
  }
  if (node.kind === "object") return null;
  const [text, range] =
    node.kind === "string" && node.escaped ? [node.text, { start: 0, end: node.text.length }] : [raw, node];
  const reading = label.multi ? readSeveral(text, range, index) : readOne(text, range, index, "refused");
  return reading.ok ? reading.value : null;
}

const onlyOption = ({ options }: LabelDefinition): string[] | null =>
  options.length === 1 ? options.map(({ value }) => value) : null;

function wholeNumber(raw: string, nodes: JsonNode[], least: number): number | undefined {
  const [node, second] = nodes;
  if (!node || second || node.kind !== "number") return undefined;
  const number = Number(raw.slice(node.start, node.end));
  return Number.isInteger(number) && number >= least ? number : undefined;
}
