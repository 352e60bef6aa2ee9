import type { JsonValue } from "../common";
import type { CompareOp, Predicate, Query } from "../query";
import { nameOf, type QueryNames } from "./names";
import { parseQueryText } from "./parse-query-text";
import { SIMILAR_LIMIT } from "./read-predicate";

/**
 * A query as text; {@link parseQueryText} with the same names reads it back to the same tree. Every record is
 * the empty text.
 * @param names put in place of ids where they mean nothing else
 */
export function printQueryText(query: Query | null, names: QueryNames = {}): string {
  return query === null ? "" : print(query, names, 0);
}

/** How closely what stands around holds together: nothing, `or`, `and`, `not`. */
type Tightness = 0 | 1 | 2 | 3;

function print(query: Query, names: QueryNames, around: Tightness): string {
  if ("not" in query) return `not ${print(query.not, names, 3)}`;
  if ("and" in query) return printGroup(query.and, "and", names, around);
  if ("or" in query) return printGroup(query.or, "or", names, around);
  return printPredicate(query, names);
}

function printGroup(
  parts: readonly Query[],
  word: "and" | "or",
  names: QueryNames,
  around: Tightness,
): string {
  const [only] = parts;
  if (parts.length === 1 && only) return `${word === "and" ? "all" : "any"}(${print(only, names, 0)})`;
  const text = parts.map((part) => print(part, names, word === "and" ? 2 : 1)).join(` ${word} `);
  return around >= (word === "and" ? 2 : 1) ? `(${text})` : text;
}

function printPredicate(predicate: Predicate, names: QueryNames): string {
  if ("keyword" in predicate) {
    const { keyword, caseSensitive } = predicate;
    if (caseSensitive === undefined) return isBare(keyword) ? keyword : quote(keyword);
    return `${caseSensitive ? "exactly" : "anycase"} ${quote(keyword)}`;
  }
  if ("regex" in predicate) return `text ~ ${printRegex(predicate.regex, predicate.flags)}`;
  if ("fullText" in predicate) return `fulltext(${quote(predicate.fullText)})`;
  if ("ids" in predicate) return printIds("record", predicate.ids);
  if ("externalIds" in predicate) return printIds("id", predicate.externalIds);
  if ("metadata" in predicate) {
    const { name, op, value } = predicate.metadata;
    return `metadata.${printName(name)} ${printTest(op, value)}`;
  }
  if ("annotator" in predicate)
    return `labelled by ${printAnnotators(predicate.annotator, names, "anybody")}`;
  if ("label" in predicate) return printLabel(predicate, names);
  if ("labelMetadata" in predicate) {
    const { label, name, op, value, annotators } = predicate.labelMetadata;
    return `label:${printName(label)}.${printName(name)} ${printTest(op, value)}${printBy(annotators, names)}`;
  }
  if ("verification" in predicate) return printVerification(predicate, names);
  if ("assignedTo" in predicate) return `assigned to ${printAnnotators([predicate.assignedTo], names, "")}`;
  if ("flagged" in predicate) return "is flagged";
  if ("subset" in predicate) {
    const name = nameOf(names.subsets, predicate.subset);
    return `subset:${name === undefined ? predicate.subset : quote(name)}`;
  }
  if ("similarTo" in predicate) {
    const { recordId, metadata, limit } = predicate.similarTo;
    const using = metadata === undefined ? "" : ` using ${quote(metadata)}`;
    return `similar to ${recordId}${using}${limit === SIMILAR_LIMIT ? "" : ` top ${limit}`}`;
  }
  const { op, value } = predicate.createdAt;
  const isDay = op !== "==" && op !== "!=" && /^.{10}T00:00:00Z$/.test(value);
  return `created ${op === "==" ? "=" : op} ${isDay ? value.slice(0, 10) : value}`;
}

type PredicateOf<Kind extends string> = Extract<Predicate, Record<Kind, unknown>>;

function printLabel({ label }: PredicateOf<"label">, names: QueryNames): string {
  const { name, op, value, annotators, start, end } = label;
  const word = op === "==" ? "=" : op;
  const bare = op === "==" || op === "!=";
  const option = value === undefined ? "" : ` ${printOptions(value, bare)}`;
  const at = start === undefined && end === undefined ? "" : ` at ${start ?? ""}-${end ?? ""}`;
  return `label:${printName(name)} ${word}${option}${at}${printBy(annotators, names)}`;
}

const statuses = { CONFIRMS: "confirmed", CORRECTS: "corrected", UNSURE: "unsure" };
const modes = { VERIFIED: "verified", UNVERIFIED: "unverified", ALL: "labelled" };

function printVerification({ verification }: PredicateOf<"verification">, names: QueryNames): string {
  const { label, mode, status, jobIds, verifierIds } = verification;
  const state = [
    ...(mode === "VERIFIED" && status ? [] : [modes[mode]]),
    ...(status ? [statuses[status]] : []),
  ].join(" ");
  const of = jobIds === undefined ? "" : ` of ${printAnnotators(jobIds, names, "any job")}`;
  return `label:${printName(label)} ${state}${of}${printBy(verifierIds, names)}`;
}

const printBy = (refs: readonly string[] | undefined, names: QueryNames): string =>
  refs === undefined ? "" : ` by ${printAnnotators(refs, names, "anybody")}`;

const printAnnotators = (refs: readonly string[], names: QueryNames, nobody: string): string =>
  refs
    .map((ref) => {
      const name = nameOf(names.annotators, ref);
      return name === undefined ? ref : quote(name);
    })
    .join(", ") || nobody;

function printTest(op: CompareOp, value: JsonValue | undefined): string {
  if (op === "exists") return value === false ? "missing" : value === true ? "exists true" : "exists";
  return `${op === "==" ? "=" : op} ${printValue(value ?? null)}`;
}

function printValue(value: JsonValue): string {
  if (typeof value === "string") return printWord(value);
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}

function printOptions(value: string | readonly string[], bare: boolean): string {
  if (typeof value !== "string") return `[${value.map(printWord).join(", ")}]`;
  return bare ? printWord(value) : quote(value);
}

function printIds(word: "id" | "record", ids: readonly string[]): string {
  const [only] = ids;
  const each = (text: string) => (word === "record" ? text : printWord(text));
  return ids.length === 1 && only !== undefined
    ? `${word}:${each(only)}`
    : `${word} in (${ids.map(each).join(", ")})`;
}

function printRegex(regex: string, flags: string | undefined): string {
  const escaped = regex.replaceAll("/", "\\/");
  const literal = `/${escaped}/${flags ?? ""}`;
  const readBack = parseQueryText(`text ~ ${literal}`).query;
  const isSame =
    readBack !== null && "regex" in readBack && readBack.regex === regex && readBack.flags === flags;
  if (isSame) return literal;
  return `${quote(regex)}${flags === undefined ? "" : `/${flags}`}`;
}

/** A word that is nothing else where a value or a name stands. */
const plainWord = /^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u;
const reserved = new Set(["true", "false", "null"]);

const printName = (name: string): string => (plainWord.test(name) ? name : quote(name));
const printWord = (text: string): string =>
  plainWord.test(text) && !reserved.has(text) ? text : quote(text);
const quote = (text: string): string => JSON.stringify(text);

/** Whether a text alone means itself, wherever it stands. */
function isBare(keyword: string): boolean {
  if (/[,"\n]/.test(keyword)) return false;
  const { query } = parseQueryText(keyword);
  return (
    query !== null && "keyword" in query && query.keyword === keyword && query.caseSensitive === undefined
  );
}
