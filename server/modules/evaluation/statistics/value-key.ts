import { byCodePoint } from "@/server/platform/code-point-order";

/**
 * One string for the value of a label, equal exactly when the **sets** of chosen options are equal: order and
 * repetition do not count. A single option is its own key, so that it can be shown; anything else, and a single option
 * that begins with `[`, is a JSON array of the options in code point order. No option at all is `[]`. `optionsOfKey`
 * of the contracts reads it.
 *
 * @param values the chosen options
 */
export function valueKey(values: readonly string[]): string {
  const options = [...new Set(values)].sort(byCodePoint);
  const [first] = options;
  if (options.length === 1 && first !== undefined && !first.startsWith("[")) return first;
  return JSON.stringify(options);
}
