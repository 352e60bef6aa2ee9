import { inOrder } from "./pieces";
import type { SpanBorders } from "./types";

/** Letters of a tag are smaller than those of the text that they stand above. */
const TAG_LETTERS_PER_CHARACTER = 1.1;
const SHORTEST = 2;
const LONGEST = 14;

/** The words above a span's first character; `shift`: letters of the tags that stand there before it. */
export type Tag = { text: string; shift: number };

/**
 * Tags that say which option a span has. They stand above the text, so that marking never moves it, and are cut
 * short where the next span's tag begins. What is no span any more comes after what is.
 *
 * @param words The full words of each span.
 */
export function tagsOf<One extends SpanBorders & { id: string; value: readonly string[] }>(
  spans: readonly One[],
  words: (span: One) => string,
): Map<string, Tag> {
  const byStart = new Map<number, One[]>();
  for (const span of inOrder(spans)) byStart.set(span.start, [...(byStart.get(span.start) ?? []), span]);
  const starts = [...byStart.keys()];
  const tags = new Map<string, Tag>();
  for (const [at, start] of starts.entries()) {
    const all = byStart.get(start) ?? [];
    const here = [...all.filter(isSpan), ...all.filter((span) => !isSpan(span))];
    const room = ((starts[at + 1] ?? Number.POSITIVE_INFINITY) - start) * TAG_LETTERS_PER_CHARACTER;
    const each = Math.min(LONGEST, Math.max(SHORTEST, Math.floor(room / here.length) - 1));
    let shift = 0;
    for (const span of here) {
      const text = shortened(words(span), each);
      tags.set(span.id, { text, shift });
      shift += Array.from(text).length + 1;
    }
  }
  return tags;
}

const isSpan = ({ value }: { value: readonly string[] }): boolean => value.length > 0;

function shortened(words: string, letters: number): string {
  const all = Array.from(words);
  if (all.length <= letters) return words;
  return letters < 4 ? all.slice(0, letters).join("") : `${all.slice(0, letters - 1).join("")}…`;
}
