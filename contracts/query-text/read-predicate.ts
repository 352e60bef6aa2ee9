import { isoTime } from "../common";
import type { Predicate, Query } from "../query";
import type { QueryNames } from "./names";
import { WrongText } from "./problem";
import { readLabel } from "./read-label";
import {
  readAnnotator,
  readAnnotators,
  readComparison,
  readList,
  readName,
  readSubset,
  readText,
  takeTest,
  wrongNext,
} from "./read-values";
import type { Scanner, Token } from "./scanner";

/** What reading a condition needs besides the text. */
export type Reading = {
  scanner: Scanner;
  names: QueryNames;
  /** Takes note of a confidence whose label is told by the conditions beside it. */
  leaveOpen(conf: Query, place: Token): void;
};

type Read = (reading: Reading, head: Token) => Predicate | null;

const regexLiteral = /\/((?:[^/\\]|\\.)*)\/([a-z]*)/sy;
const regexFlags = /\/([a-z]*)/y;
const day = /^\d{4}-\d{2}-\d{2}$/;
const MIDNIGHT = "T00:00:00Z";
/** As many as a program gets that names no limit. */
export const SIMILAR_LIMIT = 50;

/** Conditions by their first word. Each reads on, or says by null that the word was meant as a word. */
const reads: Record<string, Read> = {
  text: readRegex,
  fulltext: readFullText,
  exactly: (reading) => readCased(reading, true),
  anycase: (reading) => readCased(reading, false),
  conf: readConf,
  created: readCreated,
  assigned: readAssigned,
  labelled: readLabelled,
  is: readIs,
  similar: readSimilar,
  id: (reading, head) => readIdList(reading, head, "externalIds"),
  record: (reading, head) => readIdList(reading, head, "ids"),
};

/** Conditions by how their first word begins; they read on right behind that. */
const prefixedReads: Record<string, (reading: Reading) => Predicate> = {
  "metadata.": readMetadata,
  "label:": ({ scanner, names }) => readLabel(scanner, names),
  "subset:": ({ scanner, names }) => ({ subset: readSubset(scanner, names) }),
  "id:": ({ scanner }) => ({ externalIds: [readOne(scanner, "id:").text] }),
  "record:": ({ scanner }) => ({ ids: [readOne(scanner, "record:").text] }),
};

/** The condition that begins with this word, or null when the word is only a word of the text. */
export function readPredicate(reading: Reading, head: Token): Predicate | null {
  const { scanner } = reading;
  const lower = head.text.toLowerCase();
  const prefix = Object.keys(prefixedReads).find((one) => lower.startsWith(one));
  const byPrefix = prefix === undefined ? undefined : prefixedReads[prefix];
  if (prefix !== undefined && byPrefix) {
    scanner.at = head.at + prefix.length;
    return byPrefix(reading);
  }
  const read = Object.hasOwn(reads, lower) ? reads[lower] : undefined;
  if (!read) return null;
  scanner.at = head.at + head.text.length;
  const predicate = read(reading, head);
  if (!predicate) scanner.at = head.at;
  return predicate;
}

function readRegex({ scanner }: Reading): Predicate | null {
  if (scanner.peekOperator()?.text !== "~") return null;
  scanner.takeOperator();
  scanner.skipBlanks();
  const { at } = scanner;
  const literal = scanner.match(regexLiteral);
  if (literal) {
    const end = literal.text.lastIndexOf("/");
    const source = literal.text.slice(1, end);
    const regex = source.replace(/\\(.)/gs, (whole, char) => (char === "/" ? "/" : whole));
    const flags = flagsOf(literal.text.slice(end + 1), at + end + 1);
    return { regex, ...(flags === "" ? {} : { flags }) };
  }
  if (scanner.startsWith("/"))
    throw new WrongText(at, 1, 'The regular expression is never closed; add "/" behind it.');
  const quoted = scanner.takeString();
  if (!quoted)
    throw wrongNext(scanner, 'Expected a regular expression after "~", between slashes: text ~ /good|bad/.');
  const flags = scanner.match(regexFlags)?.text.slice(1);
  return {
    regex: quoted.text,
    ...(flags === undefined ? {} : { flags: flagsOf(flags, scanner.at - flags.length) }),
  };
}

/** Without `i`, which is how it is anyway. */
function flagsOf(flags: string, at: number): string {
  if (/[^cims]/.test(flags))
    throw new WrongText(at, flags.length, 'Only "c" (case-sensitive), "i", "m" and "s" may stand here.');
  if (flags.includes("i") && flags.includes("c"))
    throw new WrongText(at, flags.length, '"i" and "c" say the opposite; keep one of them.');
  return flags.replaceAll("i", "");
}

function readFullText({ scanner }: Reading): Predicate | null {
  if (!scanner.take("(")) return null;
  const text = scanner.takeString();
  if (!text) throw wrongNext(scanner, 'Expected words in quotation marks: fulltext("black cat").');
  if (!scanner.take(")")) throw wrongNext(scanner, 'Expected ")" after the words.');
  return { fullText: text.text };
}

function readCased({ scanner }: Reading, caseSensitive: boolean): Predicate | null {
  const text = scanner.takeString();
  return text && { keyword: text.text, caseSensitive };
}

function readConf(reading: Reading, head: Token): Predicate | null {
  const { scanner, names } = reading;
  const test = takeTest(scanner, "conf");
  if (!test) return null;
  const by = scanner.takeKeyword("by") ? { annotators: readAnnotators(scanner, names, "by") } : {};
  const conf = { labelMetadata: { label: "", name: "conf", ...test, ...by } };
  reading.leaveOpen(conf, head);
  return conf;
}

function readCreated({ scanner }: Reading): Predicate | null {
  if (!scanner.peekOperator()) return null;
  const op = readComparison(scanner, "created");
  const time = scanner.takeString() ?? scanner.takeWord();
  if (!time) throw wrongNext(scanner, 'Expected a day or a time after "created", such as 2024-01-31.');
  const isDay = day.test(time.text);
  const value = isDay ? `${time.text}${MIDNIGHT}` : time.text;
  if (!isoTime.safeParse(value).success)
    throw new WrongText(
      time.at,
      scanner.at - time.at,
      "Expected a day or a time in UTC: 2024-01-31 or 2024-01-31T10:30:00Z.",
    );
  if (!isDay) return { createdAt: { op, value } };
  if (op === "==" || op === "!=")
    throw new WrongText(
      time.at,
      time.text.length,
      "A day is not one moment: ask for what was created >= that day and created < the next.",
    );
  return { createdAt: { op, value } };
}

function readAssigned({ scanner, names }: Reading): Predicate | null {
  if (!scanner.takeKeyword("to")) return null;
  return { assignedTo: readAnnotator(scanner, names, "assigned to") };
}

function readLabelled({ scanner, names }: Reading): Predicate | null {
  if (!scanner.takeKeyword("by")) return null;
  return { annotator: readAnnotators(scanner, names, "by") };
}

function readIs({ scanner }: Reading): Predicate | null {
  return scanner.takeKeyword("flagged") ? { flagged: true } : null;
}

function readSimilar({ scanner }: Reading): Predicate | null {
  if (!scanner.takeKeyword("to")) return null;
  const record = scanner.takeString() ?? scanner.takeWord();
  if (!record) throw wrongNext(scanner, 'Expected the id of a record after "similar to".');
  const metadata = scanner.takeKeyword("using") ? { metadata: readText(scanner, "using") } : {};
  if (!scanner.takeKeyword("top"))
    return { similarTo: { recordId: record.text, ...metadata, limit: SIMILAR_LIMIT } };
  const limit = scanner.peekWord();
  if (!limit || !/^\d+$/.test(limit.text)) throw wrongNext(scanner, 'Expected how many after "top": top 50.');
  scanner.takeWord();
  return { similarTo: { recordId: record.text, ...metadata, limit: Number(limit.text) } };
}

function readIdList({ scanner }: Reading, _head: Token, kind: "ids" | "externalIds"): Predicate | null {
  if (!scanner.takeKeyword("in")) return null;
  const texts = readList(scanner).map(({ text }) => text);
  return kind === "ids" ? { ids: texts } : { externalIds: texts };
}

function readMetadata({ scanner }: Reading): Predicate {
  const name = readName(scanner, "metadata.");
  const test = takeTest(scanner, name);
  if (!test) throw wrongNext(scanner, `Expected =, !=, <, <=, >, >=, exists or missing after "${name}".`);
  return { metadata: { name, ...test } };
}

function readOne(scanner: Scanner, after: string): Token {
  const found = scanner.startsWith('"') ? scanner.takeString() : scanner.takeWord();
  if (!found) throw wrongNext(scanner, `Expected an id right after "${after}".`);
  return found;
}
