import { type Range, trimRange } from "./characters";
import type { FieldReading, IndexedLabel } from "./field-reading";
import { type FieldMarker, findFields } from "./find-fields";
import type { OptionIndex } from "./option-names";

import { isBlank, peel, readOne, readSeveral } from "./read-value";
import type { JsonObject } from "./scan-json";

/** Lines under a value that are looked at for a second value. */
const MOST_LINES = 50;

/** Reads the fields that stand in the answer's text, outside its JSON objects. */
export function readTextFields(
  raw: string,
  answer: Range,
  objects: readonly JsonObject[],
  names: ReadonlyMap<string, string>,
  labels: readonly IndexedLabel[],
): FieldReading[] {
  const byName = new Map(labels.map((label) => [label.definition.name, label]));
  return outside(answer, objects).flatMap((range) => {
    const markers = findFields(raw, names, range);
    return markers.flatMap((marker, at) => {
      const label = byName.get(marker.label);
      const stop = markers[at + 1]?.nameStart ?? range.end;
      const reading = label && readField(raw, marker, stop, label);
      return reading ? [reading] : [];
    });
  });
}

function outside(answer: Range, objects: readonly JsonObject[]): Range[] {
  const ranges: Range[] = [];
  let start = answer.start;
  for (const object of objects) {
    ranges.push({ start, end: object.start });
    start = object.end;
  }
  ranges.push({ start, end: answer.end });
  return ranges;
}

/** Null for a field that only repeats the placeholder of the prompt's format sample. */
function readField(raw: string, marker: FieldMarker, stop: number, label: IndexedLabel): FieldReading | null {
  const lineEnd = endOfLine(raw, marker.valueStart, stop);
  const sameLine = trimRange(raw, { start: marker.valueStart, end: lineEnd });
  const range = isBlank(raw, sameLine)
    ? nextValue(raw, lineEnd, stop, label.definition.multi ?? false)
    : sameLine;
  if (isPlaceholder(raw, range, label.definition.name)) return null;
  const reading = label.definition.multi
    ? readSeveral(raw, range, label.index)
    : readOne(raw, range, label.index, "allowed");
  const checked =
    reading.ok && secondValueBelow(raw, range.end, stop, label.index, reading.value)
      ? ({ ok: false, reason: "two_options" } as const)
      : reading;
  return { ...checked, label: marker.label, via: "field", opensLine: marker.opensLine, range };
}

function endOfLine(raw: string, from: number, stop: number): number {
  const at = raw.indexOf("\n", from);
  return at < 0 || at > stop ? stop : at;
}

/** The next line with content; for a multi-select label the whole list that starts there. */
function nextValue(raw: string, from: number, stop: number, multi: boolean): Range {
  let start = from;
  while (start < stop) {
    const end = endOfLine(raw, start, stop);
    if (!isBlank(raw, { start, end }))
      return trimRange(raw, { start, end: multi ? endOfList(raw, end, stop) : end });
    start = end + 1;
  }
  return { start: from, end: from };
}

function endOfList(raw: string, from: number, stop: number): number {
  let end = from;
  while (end < stop) {
    const next = endOfLine(raw, end + 1, stop);
    if (!/^\s*[-*•+]\s/u.test(raw.slice(end + 1, Math.min(next, end + 20)))) return end;
    end = next;
  }
  return end;
}

/** A line below that is another option and nothing else: the model gave a list, not one value. */
function secondValueBelow(
  raw: string,
  from: number,
  stop: number,
  index: OptionIndex,
  value: string[],
): boolean {
  let start = endOfLine(raw, from, stop) + 1;
  for (let lines = 0; lines < MOST_LINES && start < stop; lines++) {
    const end = endOfLine(raw, start, stop);
    const line = { start, end };
    if (!isBlank(raw, line)) {
      const other = peel(raw, line, index).value;
      if (other === null) return false;
      if (!value.includes(other)) return true;
    }
    start = end + 1;
  }
  return false;
}

function isPlaceholder(raw: string, range: Range, name: string): boolean {
  if (range.end - range.start > name.length + 40) return false;
  const text = raw.slice(range.start, range.end).replace(/^[*_`"'[\s]+|[*_`"'\]\s]+$/gu, "");
  return text === `<${name}>` || (text.startsWith(`<${name},`) && text.endsWith(">"));
}
