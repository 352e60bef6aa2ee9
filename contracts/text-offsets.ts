const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/**
 * Places in one text. Tandem counts code points from 0, ends are exclusive; JavaScript, the DOM and Java count UTF-16
 * units. A surrogate without its other half is a code point, as `Array.from` has it. Made in linear time; a place is
 * found in logarithmic time, and at once in a text without characters of two units.
 */
export class TextOffsets {
  /** UTF-16 unit at which each code point starts, and the end; null when both counts are the same. */
  private readonly starts: Uint32Array | null;
  /** Code points of the text. */
  readonly length: number;

  constructor(readonly text: string) {
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

  /** The place of a UTF-16 unit; undefined inside of a character or of no text. */
  fromUtf16(unit: number): number | undefined {
    if (!Number.isInteger(unit) || unit < 0 || unit > this.text.length) return undefined;
    const point = this.pointOf(unit);
    return this.toUtf16(point) === unit ? point : undefined;
  }

  /** The code point that a UTF-16 unit belongs to; beyond the text its nearest end. */
  pointOf(unit: number): number {
    const inside = Math.min(this.text.length, Math.max(0, unit));
    if (!this.starts) return inside;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) > inside) high = middle - 1;
      else low = middle;
    }
    return low;
  }

  /** The UTF-16 unit at which a code point starts; beyond the text its nearest end. */
  toUtf16(point: number): number {
    const inside = Math.min(this.length, Math.max(0, point));
    return this.starts ? (this.starts[inside] ?? this.text.length) : inside;
  }
}

function startsOf(text: string): Uint32Array {
  const starts = new Uint32Array(text.length + 1);
  let points = 0;
  for (let unit = 0; unit < text.length; unit++) {
    starts[points++] = unit;
    if (isHigh(text.charCodeAt(unit)) && isLow(text.charCodeAt(unit + 1))) unit += 1;
  }
  starts[points] = text.length;
  return starts.slice(0, points + 1);
}
