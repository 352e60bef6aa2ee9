/** Text beyond this many units is cut where it is sure to be cut: asking costs as much as the text is long. */
const CHUNK_UNITS = 1024;

/**
 * Where a text may be cut so that its pieces fall into the same characters and words as the whole: after a line end,
 * and between a space and a plain letter or figure. Units, from 0 to the end of the text.
 */
export function cutsOf(text: string, atLeast = CHUNK_UNITS): number[] {
  const cuts = [0];
  let last = 0;
  const isPlain = (unit: number) => (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 122);
  for (let unit = 1; unit < text.length; unit++) {
    if (unit - last < atLeast) continue;
    const before = text.charCodeAt(unit - 1);
    if (before !== 10 && !(before === 32 && isPlain(text.charCodeAt(unit) | 32))) continue;
    cuts.push(unit);
    last = unit;
  }
  return cuts;
}

export type TextSegment = { index: number; segment: string; isWordLike: boolean };

/** `Intl.Segments` of a text of any length; a piece is segmented when it is first asked for. */
export class TextSegments {
  private readonly pieces: (Intl.Segments | undefined)[] = [];

  constructor(
    private readonly text: string,
    private readonly segmenter: Intl.Segmenter,
    private readonly cuts: readonly number[],
  ) {}

  /** The segment that a UTF-16 unit belongs to; undefined beyond the text. */
  containing(unit: number): TextSegment | undefined {
    if (unit < 0 || unit >= this.text.length) return undefined;
    const at = this.pieceOf(unit);
    const from = this.cuts[at] ?? 0;
    this.pieces[at] ??= this.segmenter.segment(this.text.slice(from, this.cuts[at + 1]));
    const found = this.pieces[at]?.containing(unit - from);
    return (
      found && {
        index: from + found.index,
        segment: found.segment,
        isWordLike: found.isWordLike === true,
      }
    );
  }

  private pieceOf(unit: number): number {
    let low = 0;
    let high = this.cuts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.cuts[middle] ?? 0) > unit) high = middle - 1;
      else low = middle;
    }
    return low;
  }
}
