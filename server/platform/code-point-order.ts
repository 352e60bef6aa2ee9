const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;

/**
 * Orders well-formed strings by code point, as PostgreSQL's `collate "C"` does. JavaScript's own `<` goes by UTF-16
 * unit and puts what lies beyond U+FFFF before U+E000–U+FFFF.
 *
 * @returns negative, 0 or positive, as `Array.prototype.sort` wants it
 */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA === unitB) continue;
    if (isSurrogate(unitA) !== isSurrogate(unitB)) return isSurrogate(unitA) ? 1 : -1;
    return unitA - unitB;
  }
  return a.length - b.length;
}

/** Each text once, in the order of code points. */
export function distinctByCodePoint(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(byCodePoint);
}
