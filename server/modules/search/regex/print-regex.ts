import { type CharacterSet, complement, storable } from "./character-sets";
import type { Anchor, RegexNode } from "./regex-tree";

/** PostgreSQL counts a repetition up to here; more is a repetition of repetitions. */
const MAX_COUNT = 250;

/** Under the collation "C", in which a word is made of ASCII letters, digits and `_`, as in RE2. */
const anchors: Record<Anchor, string> = {
  "text start": "\\A",
  "text end": "\\Z",
  "line start": "(?:\\A|(?<=\\u000A))",
  "line end": "(?:\\Z|(?=\\u000A))",
  "word border": "\\y",
  "no word border": "\\Y",
};
const NOTHING = "(?:)";
const NEVER = "(?!)";

/** The tree as PostgreSQL's advanced regular expression, to be used case-sensitively with the collation "C". */
export function printRegex(node: RegexNode): string {
  if (node.kind === "set") return printSet(storable(node.set));
  if (node.kind === "anchor") return anchors[node.anchor];
  if (node.kind === "sequence") return node.parts.map(printRegex).join("") || NOTHING;
  if (node.kind === "choice") return `(?:${node.parts.map(printRegex).join("|")})`;
  // A place that is asked for again is the same place, and one that need not be asked for is nothing.
  if (isPlace(node.part)) return node.min === 0 ? NOTHING : printRegex(node.part);
  return printRepeat(`(?:${printRegex(node.part)})`, node.min, node.max);
}

/** Whether it matches no character, only between characters. */
function isPlace(node: RegexNode): boolean {
  if (node.kind === "set") return false;
  if (node.kind === "anchor") return true;
  return node.kind === "repeat" ? isPlace(node.part) : node.parts.every(isPlace);
}

function printRepeat(part: string, min: number, max: number | null): string {
  if (max === null) return min <= 1 ? `${part}${min === 0 ? "*" : "+"}` : `${times(part, min)}${part}*`;
  return `${times(part, min)}${upTo(part, max - min)}` || NOTHING;
}

function times(part: string, count: number): string {
  if (count <= MAX_COUNT) return count === 0 ? "" : `${part}{${count}}`;
  const rounds = Math.floor(count / MAX_COUNT);
  return `(?:${part}{${MAX_COUNT}}){${rounds}}${times(part, count % MAX_COUNT)}`;
}

function upTo(part: string, count: number): string {
  if (count <= MAX_COUNT) return count === 0 ? "" : `${part}{0,${count}}`;
  const rounds = Math.floor(count / MAX_COUNT);
  return `(?:${part}{0,${MAX_COUNT}}){0,${rounds}}${upTo(part, count % MAX_COUNT)}`;
}

function printSet(set: CharacterSet): string {
  if (set.length === 0) return NEVER;
  if (set.length === 2 && set[0] === set[1]) return printCharacter(set[0] ?? 0);
  const others = complement(set);
  if (others.length === 0) return ".";
  return others.length < set.length ? `[^${printRanges(others)}]` : `[${printRanges(set)}]`;
}

function printRanges(set: CharacterSet): string {
  let text = "";
  for (let index = 0; index < set.length; index += 2) {
    const [first = 0, last = 0] = [set[index], set[index + 1]];
    text += printCharacter(first);
    if (last > first) text += `-${printCharacter(last)}`;
  }
  return text;
}

function printCharacter(char: number): string {
  const text = String.fromCodePoint(char);
  if (/[0-9A-Za-z]/.test(text) || (char >= 0xa0 && char <= 0xffff)) return text;
  const hex = char.toString(16).toUpperCase();
  return char <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
