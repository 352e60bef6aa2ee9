import { type RE2JSException, RE2JSSyntaxException } from "re2js";

const escaped = String.raw;

/** What re2js finds wrong, and how it is put right. */
const words: Record<string, string> = {
  "missing closing )": escaped`is never closed; add ")", or write "\(" for the sign`,
  "unexpected )": escaped`closes nothing; take it away, or write "\)" for the sign`,
  "missing closing ]": escaped`is never closed; add "]", or write "\[" for the sign`,
  "missing argument to repetition operator": escaped`has nothing before it to repeat; write a backslash before it for the sign`,
  "invalid nested repetition operator": "repeats a repetition; put brackets around the inner one",
  "invalid repeat count": "counts wrongly: from a smaller number to a larger one, at most 1000",
  "invalid repeat size": "counts wrongly: from a smaller number to a larger one, at most 1000",
  "invalid character class range": "is no class or range of characters",
  "invalid escape sequence": "is no escape; write two backslashes for one",
  "invalid or unsupported Perl syntax": "is nothing that RE2's syntax knows",
  "invalid named capture": "is no name of a group: letters, digits and _ only",
  "duplicate capture group name": "names a group for the second time",
};

type Bracket = "(" | ")" | "[";
/** Of brackets re2js names the whole expression. */
const brackets: Record<string, Bracket> = {
  "missing closing )": "(",
  "unexpected )": ")",
  "missing closing ]": "[",
};

/** Why an expression can't be read, in words, with the place. */
export function syntaxWords(regex: string, error: RE2JSException): string {
  const problem = error instanceof RE2JSSyntaxException ? error.getDescription() : "";
  if (problem === "trailing backslash at end of expression")
    return "can't be read: a backslash at the end stands before nothing; write two for one";
  const said = words[problem];
  if (!(error instanceof RE2JSSyntaxException) || said === undefined)
    return `can't be read: ${error.message.replace(/^error parsing regexp: /, "")}`;
  const bracket = brackets[problem];
  const sign = bracket ?? error.getPattern() ?? "";
  const at = bracket ? loneBracket(regex, bracket) : Math.max(0, regex.indexOf(sign));
  return `can't be read: "${sign}" at character ${[...regex.slice(0, at)].length + 1} ${said}`;
}

/** Where the bracket is that has no other. */
function loneBracket(regex: string, wanted: Bracket): number {
  const open: number[] = [];
  for (let at = 0; at < regex.length; at++) {
    const sign = regex[at];
    if (sign === "\\") at += 1;
    else if (sign === "[") {
      const end = endOfClass(regex, at);
      if (end < 0) return wanted === "[" ? at : (open.at(-1) ?? at);
      at = end;
    } else if (sign === "(") open.push(at);
    else if (sign === ")" && open.pop() === undefined && wanted === ")") return at;
  }
  return open.at(-1) ?? 0;
}

/** The `]` of a class; one right behind its `[` or `[^` is a sign. */
function endOfClass(regex: string, start: number): number {
  const found = /^\[\^?\]?(?:\[:\^?[a-z]+:\]|\\.|[^\]\\])*\]/s.exec(regex.slice(start));
  return found ? start + found[0].length - 1 : -1;
}
