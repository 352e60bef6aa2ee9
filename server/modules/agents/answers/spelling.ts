import type { LabelOption } from "@/contracts/label-schema";
import { charAt, isWord } from "./characters";
import { oncePer } from "./once-per";
import { fold, nameOptions } from "./option-names";
import { decodeBytes, encodeText } from "./token-text";

/** What a model may write before a value's first letter. */
const BEFORE_VALUE = /^[\s"'“”„‘’«»‹›「」『』`*_<([{:：=]+/u;

/** Says which options the bytes written so far can still become. */
export type SpellingCheck = (bytes: Uint8Array) => Set<string>;

/**
 * Builds the check for a label's options. Bytes fit an option when one of its names (text or value) begins with
 * them, or when they hold the whole name and then go on with something that ends it. Compared without regard to
 * case, leading space and quotes.
 */
export const spellingCheck = oncePer((options: readonly LabelOption[]): SpellingCheck => {
  const named = nameOptions(options).map(({ value, names }) => ({ value, names: names.map(comparableName) }));
  return (bytes) => {
    const { text, pending } = decodeBytes(bytes);
    const written = comparable(text);
    return new Set(
      named.flatMap(({ value, names }) =>
        names.some((name) => canBecome(written, pending, name)) ? [value] : [],
      ),
    );
  };
});

const comparable = (text: string) => fold(text).replace(BEFORE_VALUE, "");

/** An option that is nothing but such characters keeps them. */
const comparableName = (name: string) => comparable(name.trim()) || fold(name.trim());

function canBecome(written: string, pending: Uint8Array, name: string): boolean {
  if (name.startsWith(written))
    return pending.length === 0 || goesOnWith(name.slice(written.length), pending);
  return pending.length === 0 && written.startsWith(name) && !isWord(charAt(written, name.length));
}

/** A character begun in one token and finished in the next: its first bytes must be those of the name's. */
function goesOnWith(rest: string, pending: Uint8Array): boolean {
  return [rest, rest.toUpperCase()].some((candidate) => {
    const bytes = encodeText(candidate.slice(0, 2));
    return pending.every((byte, at) => bytes[at] === byte);
  });
}
