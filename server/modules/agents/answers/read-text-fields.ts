import { endOfLine, type Range, trimRange } from "./characters";
import { type FieldReading, type IndexedLabel, readField } from "./field-reading";
import { type FieldMarker, findFields } from "./find-fields";
import type { OptionIndex } from "./option-names";
import { isBlank, peel } from "./read-value";

/** Lines under a value that are looked at for a second value. */
const MOST_LINES = 50;

/**
 * Reads the fields `<name>: <value>` of running text.
 *
 * @param within the stretches of the answer that are text, not JSON
 * @param names all names under which a field may stand; of labels that are not in `labels` they only end a field
 */
export function readTextFields(
  raw: string,
  within: readonly Range[],
  names: ReadonlyMap<string, string>,
  labels: readonly IndexedLabel[],
): FieldReading[] {
  const byName = new Map(labels.map((label) => [label.definition.name, label]));
  return within.flatMap((range) => {
    const markers = findFields(raw, names, range);
    return markers.flatMap((marker, at) => {
      const label = byName.get(marker.label);
      const next = markers[at + 1];
      const stop = next?.nameStart ?? range.end;
      // "Final answer: Sentiment: positive" is one field, named twice.
      if (next?.label === marker.label && isBlank(raw, { start: marker.valueStart, end: stop })) return [];
      const reading = label && readMarked(raw, marker, stop, label);
      return reading ? [reading] : [];
    });
  });
}

/** Null for a field that only repeats the placeholder of the prompt's format sample. */
function readMarked(
  raw: string,
  marker: FieldMarker,
  stop: number,
  label: IndexedLabel,
): FieldReading | null {
  const lineEnd = endOfLine(raw, marker.valueStart, stop);
  const sameLine = trimRange(raw, { start: marker.valueStart, end: lineEnd });
  const range = isBlank(raw, sameLine)
    ? nextValue(raw, lineEnd, stop, label.definition.multi ?? false)
    : sameLine;
  if (isPlaceholder(raw, range, label.definition.name)) return null;
  const reading = { ...readField(raw, range, label), opensLine: marker.opensLine };
  return reading.ok && secondValueBelow(raw, range.end, stop, label.index, reading.value)
    ? { ...reading, ok: false, reason: "two_options" }
    : reading;
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
