import { findWords } from "@/components/spans/find-words";
import { TextPlaces } from "@/components/spans/text-places";
import type { SpanBorders } from "@/components/spans/types";
import { type DraftExample, type DraftSpan, isPlaced, isSpans } from "./draft-examples";

/** A span of typed words at the first place that is free, a whole word before a part of one; or lost. */
export function spanOfWords(
  places: TextPlaces,
  words: string,
  value: string[],
  others: readonly DraftSpan[],
): DraftSpan {
  const found = findWords(places, words, false);
  const free = found.filter((place) => !isTaken(place, others));
  const at = free.find((place) => isWhole(places, place)) ?? free[0] ?? found[0];
  return at ? { ...at, value } : { words, value };
}

/** Where the words of a span stand, its own place among them. */
export function placesOf(places: TextPlaces, span: DraftSpan): SpanBorders[] {
  const found = findWords(places, wordsOf(places, span), false);
  if (!isPlaced(span) || isTaken(span, found)) return found;
  const { start, end } = span;
  return places.offsets.holds(start, end) ? [{ start, end }, ...found] : found;
}

export const wordsOf = (places: TextPlaces, span: DraftSpan): string =>
  isPlaced(span) ? places.slice(span) : span.words;

/**
 * What keeps a span from being shown to a model.
 * @param found where its words stand
 */
export function spanProblem(
  places: TextPlaces,
  span: DraftSpan,
  found: readonly SpanBorders[],
): string | undefined {
  if (isPlaced(span))
    return places.offsets.holds(span.start, span.end)
      ? undefined
      : "Its place is not in the text any more: type its words again";
  if (span.words.trim() === "") return "Type words as they stand in the text";
  if (found.length === 0) return "These words are not in the text";
  return found.length === 1
    ? "These words stand at another place: choose it, or type others"
    : `These words stand at ${found.length} places: choose where`;
}

/**
 * The example with another text. A span outside of what was changed stays with its words; one whose words were
 * changed is lost, until they are typed again or its place is chosen.
 */
export function withText(example: DraftExample, text: string): DraftExample {
  const edit = editBetween(example.text ?? "", text);
  const labels = Object.entries(example.labels).map(
    ([name, given]) => [name, isSpans(given) ? spansAfter(edit, given) : given] as const,
  );
  return { ...example, text, labels: Object.fromEntries(labels) };
}

/** Two texts, and the stretch of each that is not the other's: UTF-16 units. */
type Edit = { before: TextPlaces; after: TextPlaces; from: number; beforeEnd: number; afterEnd: number };

function editBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let kept = 0;
  while (kept < most - from && before.at(-1 - kept) === after.at(-1 - kept)) kept += 1;
  return {
    before: new TextPlaces(before),
    after: new TextPlaces(after),
    from,
    beforeEnd: before.length - kept,
    afterEnd: after.length - kept,
  };
}

function spansAfter(edit: Edit, spans: readonly DraftSpan[]): DraftSpan[] {
  const moved = spans.map((span) => spanAfter(edit, span));
  return moved.map((span, at) => (isPlaced(span) ? span : typedAgain(edit, span, moved.toSpliced(at, 1))));
}

function spanAfter({ before, after, from, beforeEnd, afterEnd }: Edit, span: DraftSpan): DraftSpan {
  if (!isPlaced(span)) return span;
  const [first, last] = [before.offsets.toUtf16(span.start), before.offsets.toUtf16(span.end)];
  const by = last <= from ? 0 : first >= beforeEnd ? afterEnd - beforeEnd : null;
  const start = by === null ? undefined : after.offsets.fromUtf16(first + by);
  const end = by === null ? undefined : after.offsets.fromUtf16(last + by);
  if (start === undefined || end === undefined) return { words: before.slice(span), value: span.value };
  return { start, end, value: span.value };
}

/** A lost span whose words the edit brought to one place that is free. */
function typedAgain(
  { after, from, afterEnd }: Edit,
  span: DraftSpan,
  others: readonly DraftSpan[],
): DraftSpan {
  const [at, ...more] = findWords(after, wordsOf(after, span), false).filter(
    (place) =>
      after.offsets.toUtf16(place.start) <= afterEnd &&
      after.offsets.toUtf16(place.end) >= from &&
      !isTaken(place, others),
  );
  return at && more.length === 0 ? { ...at, value: span.value } : span;
}

const isTaken = ({ start, end }: SpanBorders, spans: readonly (DraftSpan | SpanBorders)[]): boolean =>
  spans.some((span) => "start" in span && span.start === start && span.end === end);

function isWhole(places: TextPlaces, { start, end }: SpanBorders): boolean {
  const snapped = places.snap(start, end, "word");
  return snapped?.start === start && snapped.end === end;
}
