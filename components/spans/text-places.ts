import { TextOffsets } from "@/contracts/text-offsets";
import { cutsOf, type TextSegment, TextSegments } from "./text-segments";
import type { SpanBorders } from "./types";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });

/** A side of a span. */
export type Side = "start" | "end";
export type Step = "character" | "word";

/**
 * The places of a text at which a cursor or a border may stand, in code points: never inside of what a reader takes
 * for one character. Make it once a text; each question then costs no more than what lies around the place.
 */
export class TextPlaces {
  readonly offsets: TextOffsets;
  private readonly graphemes: TextSegments;
  private readonly words: TextSegments;

  constructor(readonly text: string) {
    this.offsets = new TextOffsets(text);
    const cuts = cutsOf(text);
    this.graphemes = new TextSegments(text, graphemes, cuts);
    this.words = new TextSegments(text, words, cuts);
  }

  get length(): number {
    return this.offsets.length;
  }

  slice({ start, end }: SpanBorders): string {
    return this.offsets.slice(start, end);
  }

  /** The place itself, or the start of the character that it lies in. */
  floor(place: number): number {
    const unit = this.offsets.toUtf16(place);
    return this.offsets.pointOf(this.graphemes.containing(unit)?.index ?? unit);
  }

  /** The place itself, or the end of the character that it lies in. */
  ceil(place: number): number {
    const unit = this.offsets.toUtf16(place);
    const found = this.graphemes.containing(unit);
    return found && found.index < unit
      ? this.offsets.pointOf(found.index + found.segment.length)
      : this.offsets.pointOf(unit);
  }

  /** One character or word further (1) or back (-1); the end of the text stays itself. */
  step(place: number, by: Step, direction: 1 | -1): number {
    if (by === "word") return direction === 1 ? this.nextWordEnd(place) : this.previousWordStart(place);
    if (direction === 1) return place >= this.length ? this.length : this.ceil(this.floor(place) + 1);
    return place <= 0 ? 0 : this.floor(place - 1);
  }

  /** The word at a place, else the one that ends there; null where there is none. */
  wordAt(place: number): SpanBorders | null {
    const unit = this.offsets.toUtf16(place);
    const found = this.wordHolding(unit) ?? (unit > 0 ? this.wordHolding(unit - 1) : null);
    return found && this.bordersOf(found);
  }

  /**
   * A selection as a span: without white space at its ends, and of whole words or else of whole characters; in any
   * order. Null when nothing but white space was selected.
   */
  snap(anchor: number, focus: number, by: Step): SpanBorders | null {
    const trimmed = this.trim({
      start: this.floor(Math.min(anchor, focus)),
      end: this.ceil(Math.max(anchor, focus)),
    });
    if (!trimmed || by === "character") return trimmed;
    const first = this.wordHolding(this.offsets.toUtf16(trimmed.start));
    const last = this.wordHolding(this.offsets.toUtf16(trimmed.end) - 1);
    return {
      start: first ? this.bordersOf(first).start : trimmed.start,
      end: last ? this.bordersOf(last).end : trimmed.end,
    };
  }

  /** Whether the paragraph of a place is read from right to left: its first letter says so. */
  isRightToLeft(place: number): boolean {
    const unit = this.offsets.toUtf16(place);
    const from = unit === 0 ? 0 : this.text.lastIndexOf("\n", unit - 1) + 1;
    const end = this.text.indexOf("\n", unit);
    const letter = /\p{L}/u.exec(this.text.slice(from, end === -1 ? undefined : end))?.[0];
    return letter !== undefined && rightToLeft.test(letter);
  }

  private trim({ start, end }: SpanBorders): SpanBorders | null {
    const inner = this.slice({ start, end });
    const kept = inner.trim();
    if (kept === "") return null;
    const from = this.offsets.toUtf16(start) + inner.indexOf(kept);
    const trimmed = {
      start: this.floor(this.offsets.pointOf(from)),
      end: this.ceil(this.offsets.pointOf(from + kept.length)),
    };
    return trimmed;
  }

  private nextWordEnd(place: number): number {
    for (let unit = this.offsets.toUtf16(place); unit < this.text.length; ) {
      const segment = this.words.containing(unit);
      if (!segment) break;
      const end = segment.index + segment.segment.length;
      if (isWord(segment)) return this.ceil(this.offsets.pointOf(end));
      unit = end;
    }
    return this.length;
  }

  private previousWordStart(place: number): number {
    for (let unit = this.offsets.toUtf16(place); unit > 0; ) {
      const segment = this.words.containing(unit - 1);
      if (!segment) break;
      if (isWord(segment)) return this.floor(this.offsets.pointOf(segment.index));
      unit = segment.index;
    }
    return 0;
  }

  private wordHolding(unit: number): TextSegment | null {
    const found = this.words.containing(unit);
    return found && isWord(found) ? found : null;
  }

  private bordersOf({ index, segment }: TextSegment): SpanBorders {
    return {
      start: this.floor(this.offsets.pointOf(index)),
      end: this.ceil(this.offsets.pointOf(index + segment.length)),
    };
  }
}

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Letters, figures, and signs that stand for words, as emoji do; neither white space nor punctuation. */
const isWord = ({ isWordLike, segment }: TextSegment): boolean =>
  isWordLike || /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment);
