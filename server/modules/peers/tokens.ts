import { TextOffsets } from "@/contracts/text-offsets";
import type { WrittenLabel } from "./peer-item";

/** One word, number or sign: `start` and `end` in code points; `space` is the white space behind it. */
export type Token = { text: string; start: number; end: number; space: string };

/** A text cut into tokens; `before` is the white space before the first. */
export type Tokens = { before: string; tokens: Token[] };

type Span = Pick<WrittenLabel, "value"> & { start: number; end: number };

/** White space; a word or number; any other sign, with the marks and joined emoji that belong to it. */
const WORD_OR_SIGN = /\s+|[\p{L}\p{N}\p{M}_]+|.(?:[\p{M}\p{EMod}]|\u200d\S)*/gsu;

/**
 * Cuts a text into words and single signs; also wherever one of `borders` (code points) lies, so that spans begin and
 * end with a token. White space is no token.
 */
export function tokenize(content: string, borders: Iterable<number>): Tokens {
  const text = new TextOffsets(content);
  const cuts = new Set(borders);
  const tokens: Token[] = [];
  let before = "";
  let at = 0;
  for (const [piece] of content.matchAll(WORD_OR_SIGN)) {
    const points = [...piece];
    const isSpace = /^\s/u.test(piece);
    const last = tokens.at(-1);
    if (isSpace && last) last.space += piece;
    else if (isSpace) before += piece;
    else {
      let from = at;
      for (let point = at + 1; point <= at + points.length; point++) {
        if (point < at + points.length && !cuts.has(point)) continue;
        tokens.push({ text: text.slice(from, point), start: from, end: point, space: "" });
        from = point;
      }
    }
    at += points.length;
  }
  return { before, tokens };
}

/** Spans that one sequence of tags can hold: from left to right, the longer one first, none that overlaps one before. */
export function withoutOverlaps<T extends Span>(spans: readonly T[]): { kept: T[]; dropped: T[] } {
  const kept: T[] = [];
  const dropped: T[] = [];
  let end = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end))
    if (span.start >= end) {
      kept.push(span);
      end = span.end;
    } else dropped.push(span);
  return { kept, dropped };
}

export type Scheme = { begin: string; inside: string; last: string; single: string };
/** https://en.wikipedia.org/wiki/Inside–outside–beginning_(tagging): IOB2, and the BILUO of spaCy. */
export const IOB2: Scheme = { begin: "B", inside: "I", last: "I", single: "B" };
export const BILUO: Scheme = { begin: "B", inside: "I", last: "L", single: "U" };

/** A tag for each token from spans that don't overlap; `O` outside of all. */
export function tagTokens(tokens: readonly Token[], spans: readonly Span[], scheme: Scheme): string[] {
  const tags = tokens.map(() => "O");
  for (const { start, end, value } of spans) {
    const inside = tokens.flatMap((token, at) => (token.start >= start && token.end <= end ? [at] : []));
    inside.forEach((at, nth) => {
      const isLast = nth === inside.length - 1;
      const mark = nth === 0 ? (isLast ? scheme.single : scheme.begin) : isLast ? scheme.last : scheme.inside;
      tags[at] = `${mark}-${value[0] ?? ""}`;
    });
  }
  return tags;
}

/** Spans from tags of any usual scheme (IOB1, IOB2, IOBES, BILUO), as numbers of tokens, the last one included. */
export function readTags(tags: readonly string[]): { first: number; last: number; option: string }[] {
  const spans: { first: number; last: number; option: string }[] = [];
  let isOpen = false;
  tags.forEach((tag, at) => {
    const [, mark = "", option = ""] = /^([BILUESM])-(.*)$/s.exec(tag) ?? [];
    if (mark === "") {
      isOpen = false;
      return;
    }
    const current = spans.at(-1);
    const goesOn = isOpen && current?.option === option && !"BUS".includes(mark);
    if (goesOn && current) current.last = at;
    else spans.push({ first: at, last: at, option });
    isOpen = !"LEUS".includes(mark);
  });
  return spans;
}
