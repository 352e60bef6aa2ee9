import { foldCase } from "../fold-case";
import type { CharacterSet } from "./character-sets";
import type { RegexNode } from "./regex-tree";

/** An index by parts of three characters finds nothing shorter. */
const MIN_LENGTH = 3;

/**
 * The longest text, in lower case, that stands in lower case in every text that matches; null when none is
 * long enough to be found by an index.
 */
export function requiredText(node: RegexNode): string | null {
  const runs: string[][] = [[]];
  collect(node, runs);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), []);
  return longest.length < MIN_LENGTH ? null : longest.join("");
}

/** Adds to the run under way what must come next, and begins a new one where that is not one character. */
function collect(node: RegexNode, runs: string[][]): void {
  if (node.kind === "sequence") for (const part of node.parts) collect(part, runs);
  else if (node.kind === "set") {
    const char = lowerCaseOf(node.set);
    if (char === null) runs.push([]);
    else runs.at(-1)?.push(char);
  } else if (node.kind !== "anchor") {
    runs.push([]);
    if (node.kind === "repeat" && node.min > 0) {
      collect(node.part, runs);
      runs.push([]);
    }
  }
}

/** Beyond these scripts newer Unicode may know letters' cases that an older one does not. */
const LAST_SETTLED = 0x52f;
const MAX_FOLDS = 4;

/** The one lower case of all characters of a set, when there is one for sure. */
function lowerCaseOf(set: CharacterSet): string | null {
  const [first = 0, last = 0] = set;
  const members: number[] = [];
  for (let index = 0; index < set.length; index += 2)
    for (let char = set[index] ?? 0; char <= (set[index + 1] ?? 0); char++) {
      if (members.push(char) > MAX_FOLDS) return null;
    }
  const single = set.length === 2 && first === last;
  if (members.length === 0 || (!single && members.some((char) => char > LAST_SETTLED))) return null;
  const [text = "", ...others] = new Set(members.map((char) => foldCase(String.fromCodePoint(char))));
  if (others.length > 0 || (first > LAST_SETTLED && !/^\p{Lo}$/u.test(text))) return null;
  return text;
}
