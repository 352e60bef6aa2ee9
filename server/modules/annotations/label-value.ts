/** Order of code points, which is PostgreSQL's `collate "C"`; JavaScript's `<` goes by UTF-16 unit. */
export function byCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The one stored form of a label's value: each option once, sorted by code point. */
export function normalizeValue(value: readonly string[]): string[] {
  return [...new Set(value)].sort(byCodePoint);
}
