import type { RE2JS } from "re2js";
import { MAX_RANGES, type Range } from "./ranges";

type Re2 = typeof RE2JS;

/** RE2's matching takes time in proportion to the text, but more of it than the browser's own. */
const MAX_LENGTH = 50_000;
/** One match takes time as the text is long, also when it is one character; a thousand of them would stop the page. */
const MAX_MS = 100;

/** An expression as the server understands it: RE2's syntax, whatever the case. */
const compile = (re2: Re2, regex: string): RE2JS => re2.compile(regex, re2.CASE_INSENSITIVE);

/**
 * Where an expression matches, of the first 50,000 characters, as far as that is found at once; nothing for one that is
 * wrong.
 */
export function regexRanges(
  re2: Re2,
  text: string,
  regex: string,
  now: () => number = performance.now.bind(performance),
): Range[] {
  if (regexProblem(re2, regex)) return [];
  const matcher = compile(re2, regex).matcher(text.slice(0, MAX_LENGTH));
  const ranges: Range[] = [];
  const end = now() + MAX_MS;
  while (ranges.length < MAX_RANGES && now() < end && matcher.find())
    if (matcher.end() > matcher.start()) ranges.push({ start: matcher.start(), end: matcher.end() });
  return ranges;
}

export type RegexProblem = {
  message: string;
  /** The first character of the part that is wrong, counted from 1; null where it can't be said. */
  column: number | null;
};

/** What is wrong with an expression, and where. */
export function regexProblem(re2: Re2, regex: string): RegexProblem | null {
  try {
    // Without flags, which the library writes into the expression that it complains of.
    re2.compile(regex);
    return null;
  } catch (error) {
    const [what, part] = [wordOf(error, "error"), wordOf(error, "input")];
    if (what === null) throw error;
    const at = part === null ? -1 : regex.indexOf(part);
    const column = at < 0 ? null : [...regex.slice(0, at)].length + 1;
    return { message: part === null ? what : `${what}: ${part}`, column };
  }
}

function wordOf(error: unknown, name: "error" | "input"): string | null {
  const word: unknown = Reflect.get(Object(error), name);
  return typeof word === "string" && word !== "" ? word : null;
}
