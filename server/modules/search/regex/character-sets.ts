import { RE2JS } from "re2js";

/** Code points as pairs of first and last, in order. */
export type CharacterSet = readonly number[];

/** What re2js compiles a class to; its third instruction of a program of a single class is the class. */
type ClassProgram = { inst: { runes?: ArrayLike<number>; arg: number }[] };

/** Stands in a class only so that re2js keeps the class as ranges; a noncharacter that no text should hold. */
const LAST = 0x10ffff;

/**
 * The characters that one class or escape of RE2's syntax stands for, as re2js itself reads it: whatever it
 * says of case and of Unicode's categories holds for the translation too.
 * @param source inside of `[…]`, such as `^a-z`, `\d` or `\p{Greek}`; it must be right
 * @param folds whether characters that differ only in case are the same
 */
export function readCharacterSet(source: string, folds: boolean): CharacterSet {
  const found = compileClass(source, folds);
  const [only] = found.runes;
  if (found.runes.length !== 1 || only === undefined) return found.runes;
  return found.folds ? foldsOf(only) : [only, only];
}

/** All that is the same character when case does not matter. */
function foldsOf(char: number): CharacterSet {
  const { runes } = compileClass(`${escaped(char)}${escaped(LAST)}`, true);
  return char === LAST ? runes : runes.slice(0, -2);
}

function compileClass(source: string, folds: boolean): { runes: number[]; folds: boolean } {
  const { inst }: ClassProgram = RE2JS.compile(`${folds ? "(?i)" : ""}[${source}]`).re2().prog;
  const [, found] = inst;
  return { runes: Array.from(found?.runes ?? []), folds: ((found?.arg ?? 0) & 1) === 1 };
}

/** One character as the inside of a class. */
export const escaped = (char: number): string => `\\x{${char.toString(16)}}`;

/** The characters of a set that a text in PostgreSQL can hold: neither U+0000 nor a surrogate. */
export function storable(set: CharacterSet): CharacterSet {
  const pairs: number[] = [];
  const add = (first: number, last: number) => {
    if (first <= last) pairs.push(first, last);
  };
  for (let index = 0; index < set.length; index += 2) {
    const [first, last] = [Math.max(set[index] ?? 0, 1), set[index + 1] ?? 0];
    add(first, Math.min(last, 0xd7ff));
    add(Math.max(first, 0xe000), last);
  }
  return pairs;
}

/** Every storable character that is not in a set of storable ones. */
export function complement(set: CharacterSet): CharacterSet {
  const pairs: number[] = [];
  let next = 0;
  for (let index = 0; index < set.length; index += 2) {
    pairs.push(next, (set[index] ?? 0) - 1);
    next = (set[index + 1] ?? 0) + 1;
  }
  return storable([...pairs, next, LAST]);
}
