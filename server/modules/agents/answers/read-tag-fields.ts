import type { Range } from "./characters";
import { type FieldReading, type IndexedLabel, readField } from "./field-reading";
import { fold } from "./option-names";

/** `<sentiment>`, `</sentiment>`, and LaTeX's `\boxed{`, in which models that calculate put their answer. */
const TAG = /<(\/?)([^<>/\n]{1,120})>|\\boxed\{([^{}\n]{1,300})\}/gu;

/**
 * Reads fields that stand in a tag of the label's name, as `<sentiment>positive</sentiment>`; spaces of the name
 * may be underscores. A tag that is not closed, or that opens again first, is none.
 *
 * @param boxed the one label that was asked for, whose value may stand in `\boxed{…}`; null when there are several
 */
export function readTagFields(
  raw: string,
  within: readonly Range[],
  names: ReadonlyMap<string, string>,
  labels: readonly IndexedLabel[],
  boxed: IndexedLabel | null,
): FieldReading[] {
  const byName = new Map([...names].map(([name, label]) => [tagName(name), label]));
  return within.flatMap(({ start, end }) => {
    const readings: FieldReading[] = [];
    let open = { name: "", at: 0 };
    const take = (label: IndexedLabel | undefined, range: Range) => {
      if (label) readings.push(readField(raw, range, label));
    };
    for (const match of raw.slice(start, end).matchAll(TAG)) {
      const [whole, slash, tag, inBox] = match;
      const at = start + match.index;
      if (inBox !== undefined) {
        const from = at + whole.length - 1 - inBox.length;
        if (boxed) take(boxed, { start: from, end: from + inBox.length });
        continue;
      }
      const name = tagName(tag ?? "");
      const label = labels.find(({ definition }) => definition.name === byName.get(name));
      if (!label) continue;
      if (slash === "/" && open.name === name) take(label, { start: open.at, end: at });
      open = slash === "/" ? { name: "", at: 0 } : { name, at: at + whole.length };
    }
    return readings;
  });
}

const tagName = (name: string) => fold(name.trim()).replace(/\s/gu, "_");
