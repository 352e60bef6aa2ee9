import { RE2JS, RE2JSException } from "re2js";
import { parseRegex } from "./parse-regex";
import { printRegex } from "./print-regex";
import { MAX_WEIGHT, regexWeight } from "./regex-weight";
import { requiredText } from "./required-text";
import { syntaxWords } from "./syntax-words";

/** A regular expression as PostgreSQL takes it. */
export type TranslatedRegex = {
  /** For `~` under the collation "C". */
  pattern: string;
  /** Stands, in lower case, in every text that matches, in lower case. */
  required: string | null;
};

export type RegexProblem = { code: "invalid_regex" | "unsupported_regex"; message: string };

/** PostgreSQL would take far longer to read more than to search with it. */
const MAX_TRANSLATED = 60_000;

/** The last translations: a search asks for one when it is checked, tried and compiled. */
const KEPT = 100;
const kept = new Map<string, TranslatedRegex | RegexProblem>();

/**
 * Translates an expression of RE2's syntax, in which `i` is on unless `flags` has `c`, to PostgreSQL's
 * advanced regular expressions. Both find the same texts, by re2js's tables of case and Unicode.
 * @param flags a set of `c`, `m` and `s`
 */
export function translateRegex(regex: string, flags = ""): TranslatedRegex | RegexProblem {
  const key = `${flags} ${regex}`;
  const known = kept.get(key);
  if (known) return known;
  const translated = translate(regex, flags);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, translated);
  return translated;
}

function translate(regex: string, flags: string): TranslatedRegex | RegexProblem {
  if (regexWeight(regex) > MAX_WEIGHT) return TOO_LARGE;
  const problem = syntaxProblem(regex);
  if (problem !== null) return { code: "invalid_regex", message: problem };
  const tree = parseRegex(regex, {
    folds: !flags.includes("c"),
    multiline: flags.includes("m"),
    dotAll: flags.includes("s"),
  });
  const pattern = printRegex(tree);
  if (pattern.length > MAX_TRANSLATED) return TOO_LARGE;
  return { pattern, required: requiredText(tree) };
}

const TOO_LARGE: RegexProblem = {
  code: "unsupported_regex",
  message: "names too many characters; use fewer Unicode classes or repetitions",
};

/** What an expression can't have, and why it can't be read. */
function syntaxProblem(regex: string): string | null {
  try {
    RE2JS.compile(regex);
    return null;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    if (/\(\?(?:[=!]|<[=!])/.test(regex)) return "has a look-around, which RE2's syntax does not know";
    if (/\\(?:[1-9]|k<|g)|\(\?P=/.test(regex))
      return "has a back-reference, which RE2's syntax does not know";
    return syntaxWords(regex, error);
  }
}
