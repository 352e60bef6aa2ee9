import type { JsonValue } from "../common";
import type { CompareOp } from "../query";
import { idsNamed, isAnnotatorRef, isId, type QueryNames } from "./names";
import { WrongText } from "./problem";
import type { Scanner, Token } from "./scanner";

const operators: Record<string, Exclude<CompareOp, "exists">> = {
  "=": "==",
  "==": "==",
  "!=": "!=",
  "<>": "!=",
  "≠": "!=",
  "<": "<",
  "<=": "<=",
  "≤": "<=",
  ">": ">",
  ">=": ">=",
  "≥": ">=",
};
/** As JSON writes it, or without the 0 before its point; `007` is a text. */
const number = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const nameWord = /(?:[^\s()"<>=~!,.]|!(?!=))+/y;
const jsonPart = /[[\]{}]|"(?:[^"\\]|\\.)*"|[^[\]{}"]+/sy;
const spanBorders = /^(\d*)-(\d*)$/;

/** What comes next, in words. */
export function nextThing(scanner: Scanner): string {
  if (scanner.ended) return "the end";
  if (scanner.startsWith('"')) return "the quotation mark";
  const found = scanner.peekWord() ?? scanner.peekOperator();
  return `"${found?.text ?? scanner.text[scanner.at]}"`;
}

/** Ends the reading at what comes next. */
export function wrongNext(scanner: Scanner, message: string): WrongText {
  const found = scanner.ended ? null : (scanner.peekWord() ?? scanner.peekOperator());
  return new WrongText(scanner.at, scanner.ended ? 0 : (found?.text.length ?? 1), message);
}

/** How a value may be tested. */
type Test = { op: CompareOp; value?: JsonValue };

/** `< 3`, `exists` or `missing`, when one of them is next. @param after what it stands behind */
export function takeTest(scanner: Scanner, after: string): Test | null {
  if (scanner.takeKeyword("missing")) return { op: "exists", value: false };
  if (scanner.takeKeyword("exists"))
    return { op: "exists", ...(scanner.takeKeyword("true") ? { value: true } : {}) };
  const next = scanner.peekOperator();
  if (!next) return null;
  return { op: readComparison(scanner, after), value: readJsonValue(scanner, next.text) };
}

/** A comparison that must stand next. @param after what it stands behind, for the message */
export function readComparison(scanner: Scanner, after: string): Exclude<CompareOp, "exists"> {
  const found = scanner.takeOperator();
  const op = found && operators[found.text];
  if (op) return op;
  if (found)
    throw new WrongText(found.at, found.text.length, `"${found.text}" compares the text alone: text ~ /…/.`);
  throw wrongNext(scanner, `Expected =, !=, <, <=, > or >= after "${after}".`);
}

/** A name right after `label:` or a point: bare up to a point, or in quotation marks. */
export function readName(scanner: Scanner, after: string): string {
  const quoted = scanner.startsWith('"') ? scanner.takeString() : null;
  const name = quoted ?? scanner.match(nameWord);
  if (!name)
    throw wrongNext(scanner, `Expected a name right after "${after}", in quotation marks if it has spaces.`);
  return name.text;
}

/** A text value: a word, or anything in quotation marks. */
export function readText(scanner: Scanner, after: string): string {
  return takeText(scanner, after).text;
}

function takeText(scanner: Scanner, after: string): Token {
  const found = scanner.takeString() ?? scanner.takeWord();
  if (!found) throw wrongNext(scanner, `Expected a value after "${after}".`);
  return found;
}

/** Any JSON value: a number, `true`, a text with or without quotation marks, a list, an object. */
function readJsonValue(scanner: Scanner, after: string): JsonValue {
  scanner.skipBlanks();
  if (scanner.startsWith("[") || scanner.startsWith("{")) return readStructure(scanner);
  const quoted = scanner.takeString();
  if (quoted) return quoted.text;
  const { text, at } = takeText(scanner, after);
  if (text === "true" || text === "false") return text === "true";
  if (text === "null")
    throw new WrongText(at, text.length, 'Nothing equals null; write "missing" behind the name instead.');
  if (!number.test(text)) return text;
  if (!Number.isFinite(Number(text))) throw new WrongText(at, text.length, "The number is too large.");
  return Number(text);
}

function readStructure(scanner: Scanner): JsonValue {
  const start = scanner.at;
  let depth = 0;
  do {
    const part = scanner.match(jsonPart);
    if (!part) throw new WrongText(start, 1, `The "${scanner.text[start]}" is never closed.`);
    if (part.text === "[" || part.text === "{") depth += 1;
    else if (part.text === "]" || part.text === "}") depth -= 1;
  } while (depth > 0);
  const text = scanner.text.slice(start, scanner.at);
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongText(
      start,
      text.length,
      "The value is not JSON: a quotation mark or comma may be missing.",
    );
  }
}

/** One option of a label, or a set of them as `[pos, "very good"]`. */
export function readOptions(scanner: Scanner, after: string): string | string[] {
  scanner.skipBlanks();
  const start = scanner.at;
  if (!scanner.startsWith("[")) return readText(scanner, after);
  scanner.take("[");
  const options: string[] = [];
  while (!scanner.take("]")) {
    if (options.length > 0 && !scanner.take(",")) throw unclosed(scanner, start, "]");
    const option = scanner.takeString() ?? scanner.takeListWord();
    if (!option) throw unclosed(scanner, start, "]");
    options.push(option.text);
  }
  return options;
}

/** Texts as `(a, "b c")`. */
export function readList(scanner: Scanner): Token[] {
  const start = scanner.at;
  if (!scanner.take("(")) throw wrongNext(scanner, 'Expected a list after "in": (a, b).');
  const texts: Token[] = [];
  while (!scanner.take(")")) {
    if (texts.length > 0 && !scanner.take(",")) throw unclosed(scanner, start, ")");
    const text = scanner.takeString() ?? scanner.takeWord();
    if (!text) throw unclosed(scanner, start, ")");
    texts.push(text);
  }
  return texts;
}

const unclosed = (scanner: Scanner, start: number, bracket: string): WrongText =>
  scanner.ended
    ? new WrongText(start, 1, `The list is never closed; add "${bracket}".`)
    : wrongNext(scanner, `Expected a comma or "${bracket}" in the list, not ${nextThing(scanner)}.`);

/** People and jobs after `by` or `of`: ids or names with commas between; `anybody` and `any job` are nobody in particular. */
export function readAnnotators(scanner: Scanner, names: QueryNames, after: "by" | "of"): string[] {
  if (after === "by" && scanner.takeKeyword("anybody")) return [];
  if (after === "of" && scanner.takeKeyword("any")) {
    if (!scanner.takeKeyword("job")) throw wrongNext(scanner, 'Expected "job" after "any".');
    return [];
  }
  const refs = [readAnnotator(scanner, names, after)];
  while (scanner.take(",")) refs.push(readAnnotator(scanner, names, ","));
  return refs;
}

/** One person or job: an id in any of its forms, or a name with or without `job:` before it. */
export function readAnnotator(scanner: Scanner, names: QueryNames, after: string): string {
  const kind = /(?:job|user|imported):(?=")/iy;
  scanner.skipBlanks();
  const start = scanner.at;
  scanner.match(kind);
  const name = scanner.takeString() ?? scanner.takeWord();
  if (!name) throw wrongNext(scanner, `Expected a person or a job after "${after}".`);
  if (isAnnotatorRef(name.text)) return name.text;
  const meant = name.text.replace(/^(?:job|user|imported):/i, "");
  return oneOf(idsNamed(names.annotators, meant), scanner, start, `person or job called "${meant}"`);
}

/** A subset's id, or its name. */
export function readSubset(scanner: Scanner, names: QueryNames): string {
  const start = scanner.at;
  const text = scanner.startsWith('"') ? scanner.takeString() : scanner.takeWord();
  if (!text) throw wrongNext(scanner, 'Expected a subset right after "subset:", by name or id.');
  if (isId(text.text)) return text.text;
  return oneOf(idsNamed(names.subsets, text.text), scanner, start, `subset called "${text.text}"`);
}

function oneOf(ids: readonly string[], scanner: Scanner, start: number, what: string): string {
  const [id, ...others] = ids;
  if (id !== undefined && others.length === 0) return id;
  const message =
    id === undefined
      ? `There is no ${what} here; a name with spaces needs quotation marks.`
      : `There is more than one ${what}; use the id of the one you mean.`;
  throw new WrongText(start, scanner.at - start, message);
}

/** The borders of a span as `3-7`, `3-` or `-7`. */
export function readBorders(scanner: Scanner): { start?: number; end?: number } {
  const found = scanner.peekWord();
  const borders = found && spanBorders.exec(found.text);
  if (!found || !borders || found.text === "-")
    throw wrongNext(scanner, 'Expected the borders of a span after "at": 3-7, 3- or -7.');
  scanner.takeWord();
  const [, start, end] = borders;
  return {
    ...(start ? { start: Number(start) } : {}),
    ...(end ? { end: Number(end) } : {}),
  };
}
