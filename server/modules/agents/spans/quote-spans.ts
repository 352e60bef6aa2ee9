import type { ExampleSpan } from "@/contracts/prompt-examples";
import { TextOffsets } from "@/contracts/text-offsets";
import { alignSpans } from "./align-spans";

/** A span as an answer names it: its words, and which time they stand in the text where they do so more than once. */
export type SpanQuote = { text: string; occurrence?: number };

/**
 * Quotes spans as a prompt asks a model to, so that the reader of answers finds the very same places.
 * @returns one entry a span; null: it is no stretch of the text, or no quote finds it again
 */
export function quoteSpans(
  text: string,
  spans: readonly Pick<ExampleSpan, "start" | "end">[],
): (SpanQuote | null)[] {
  const offsets = new TextOffsets(text);
  return spans.map(({ start, end }) => {
    if (!offsets.holds(start, end)) return null;
    const quote = offsets.slice(start, end);
    const occurrence = countUntil(text, quote, offsets.toUtf16(start));
    const [plain, counted] = alignSpans(text, [{ quote }, { quote, occurrence }]);
    const finds = (found: typeof plain) => found?.ok && found.start === start && found.end === end;
    if (finds(plain)) return { text: quote };
    return finds(counted) ? { text: quote, occurrence } : null;
  });
}

/** How often the words have begun by a place, itself included. */
function countUntil(text: string, quote: string, place: number): number {
  let count = 0;
  for (let at = text.indexOf(quote); at >= 0 && at <= place; at = text.indexOf(quote, at + 1)) count += 1;
  return count;
}
