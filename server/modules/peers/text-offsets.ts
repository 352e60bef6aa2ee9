const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Places in one text, counted in code points as everything stored is. */
export class TextOffsets {
  /** UTF-16 unit at which each code point starts, and the end; null when both counts are the same. */
  private readonly starts: number[] | null;
  /** Code points of the text. */
  readonly length: number;

  constructor(private readonly text: string) {
    this.starts = /[\ud800-\udbff][\udc00-\udfff]/.test(text) ? startsOf(text) : null;
    this.length = this.starts ? this.starts.length - 1 : text.length;
  }

  /** The text between two places. */
  slice(start: number, end: number): string {
    return this.text.slice(this.toUtf16(start), this.toUtf16(end));
  }

  /** Whether `start` and `end` are a stretch of the text that is not empty. */
  holds(start: number, end: number): boolean {
    return (
      Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= this.length
    );
  }

  /** The place of a UTF-16 unit, as JavaScript and Java count; undefined inside of a character or of no text. */
  fromUtf16(unit: number): number | undefined {
    if (!Number.isInteger(unit) || unit < 0 || unit > this.text.length) return undefined;
    if (!this.starts) return unit;
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) < unit) low = middle + 1;
      else high = middle;
    }
    return this.starts[low] === unit ? low : undefined;
  }

  private toUtf16(point: number): number {
    return this.starts ? (this.starts[point] ?? this.text.length) : point;
  }
}

function startsOf(text: string): number[] {
  const starts: number[] = [];
  for (let unit = 0; unit < text.length; unit++) {
    starts.push(unit);
    if (isHigh(text.charCodeAt(unit)) && isLow(text.charCodeAt(unit + 1))) unit += 1;
  }
  return [...starts, text.length];
}
