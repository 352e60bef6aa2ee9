import type { FieldProblem } from "../common";
import type { Predicate, Query } from "../query";
import { readQuery } from "../read-query";
import type { QueryNames } from "./names";
import { nameOpenConf } from "./open-conf";
import { problemAt, type QueryTextProblem, WrongText } from "./problem";
import { type Reading, readPredicate } from "./read-predicate";
import { nextThing, wrongNext } from "./read-values";
import { Scanner, type Token } from "./scanner";

/** Far more than a query can say, but for lists of ids. */
const MAX_LENGTH = 1_000_000;
/** Brackets and "not" inside each other; a tree may be less deep than its text. */
const MAX_NESTING = 60;
const connectives = ["and", "or"] as const;
const isConnective = ({ text }: Token) => connectives.some((one) => one === text.toLowerCase());

/** What a text asks for; with problems the query is null. */
type ReadQueryText = { query: Query | null; problems: QueryTextProblem[] };
/** The same, and where a part of the query stands in the text; a tree as JSON is one place. */
type PlacedQueryText = ReadQueryText & { placeOf: (part: Query) => Place };
type Place = { at: number; length: number };

/**
 * Reads a query from its text: `conf < 0.9 and label:sentiment = neg`, words to be searched for, or the tree as
 * JSON. Nothing is every record. Never throws.
 * @param names what the text may use in place of ids
 */
export function parseQueryText(text: string, names: QueryNames = {}): ReadQueryText {
  const { query, problems } = placeQueryText(text, names);
  return { query, problems };
}

/** {@link parseQueryText}, for who shows the text. */
export function placeQueryText(text: string, names: QueryNames = {}): PlacedQueryText {
  const whole = () => ({ at: 0, length: text.length });
  const wrong = (at: number, length: number, message: string): PlacedQueryText => ({
    query: null,
    problems: [problemAt(text, at, length, message)],
    placeOf: whole,
  });
  if (text.length > MAX_LENGTH) return wrong(0, text.length, "The query is too long.");
  if (text.trim().startsWith("{")) return { ...parseJson(text), placeOf: whole };
  try {
    const parser = new QueryTextParser(text, names);
    const query = parser.read();
    const { problems } = readQuery(query);
    const { placeOf } = parser;
    if (problems.length === 0) return { query, problems: [], placeOf };
    return { query: null, problems: problems.map((problem) => parser.place(query, problem)), placeOf };
  } catch (error) {
    if (!(error instanceof WrongText)) throw error;
    return wrong(error.at, error.length, error.message);
  }
}

/** The tree as programs send it. */
function parseJson(text: string): ReadQueryText {
  const at = text.search(/\S/);
  const length = text.trim().length;
  const wrong = (message: string) => problemAt(text, at, length, message);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {
      query: null,
      problems: [wrong("This is not JSON: a quotation mark, comma or bracket may be missing.")],
    };
  }
  const { query, problems } = readQuery(json);
  return { query, problems: problems.map(({ path, message }) => wrong(`${path} ${message}.`)) };
}

class QueryTextParser {
  private readonly scanner: Scanner;
  private readonly reading: Reading;
  /** Where each part of the tree stands in the text. */
  private readonly places = new Map<Query, Place>();
  /** Confidences whose label the text did not say. */
  private readonly open = new Map<Query, Token>();
  private nesting = 0;
  /** Whether a comma ends a condition, as in `all(a, b)`. */
  private inList = false;

  constructor(
    text: string,
    private readonly names: QueryNames,
  ) {
    this.scanner = new Scanner(text);
    this.reading = { scanner: this.scanner, names, leaveOpen: (conf, at) => this.open.set(conf, at) };
  }

  read(): Query | null {
    if (this.scanner.ended) return null;
    const query = this.readOr();
    if (this.scanner.ended) return query;
    if (this.scanner.startsWith(")"))
      throw wrongNext(this.scanner, 'This ")" closes nothing; take it away, or open a bracket before.');
    throw wrongNext(
      this.scanner,
      `Expected "and" or "or" before ${nextThing(this.scanner)}; text that is meant as one piece needs quotation marks.`,
    );
  }

  readonly placeOf = (part: Query): Place =>
    this.places.get(part) ?? { at: 0, length: this.scanner.text.length };

  /** Where a problem of the tree stands in the text. */
  place(query: Query | null, { path, message }: FieldProblem): QueryTextProblem {
    let found = { at: 0, length: this.scanner.text.length };
    let part: unknown = query;
    for (const step of path.split(".").slice(1)) {
      for (const [known, place] of this.places) if (known === part) found = place;
      part =
        typeof part === "object" && part !== null
          ? Object.entries(part).find(([key]) => key === step)?.[1]
          : null;
    }
    for (const [known, place] of this.places) if (known === part) found = place;
    const field = path.split(".").at(-1) ?? "";
    const what = /^(?:query|not|\d+)$/.test(field) ? "This" : `"${field}"`;
    return problemAt(this.scanner.text, found.at, found.length, `${what} ${message}.`);
  }

  private readOr(): Query {
    return this.readJoined("or", () => this.readJoined("and", () => this.readNot()));
  }

  private readJoined(word: (typeof connectives)[number], readPart: () => Query): Query {
    this.scanner.skipBlanks();
    const { at } = this.scanner;
    const parts = [readPart()];
    while (this.scanner.takeKeyword(word)) parts.push(readPart());
    if (word === "and") nameOpenConf(parts, this.open, this.names);
    const [only] = parts;
    if (parts.length === 1 && only) return only;
    return this.placed(word === "and" ? { and: parts } : { or: parts }, at);
  }

  private readNot(): Query {
    const not = this.scanner.takeKeyword("not");
    if (!not) return this.readCondition();
    return this.nested(not.at, () => {
      const negated = this.readNot();
      nameOpenConf([negated], this.open, this.names);
      return this.placed({ not: negated }, not.at);
    });
  }

  private readCondition(): Query {
    const { scanner } = this;
    if (scanner.ended) throw this.missingCondition();
    const { at } = scanner;
    if (scanner.take("(")) return this.readBracket(at, ")", () => this.readOr());
    const quoted = scanner.takeString();
    if (quoted) return this.placed({ keyword: quoted.text }, at);
    const head = scanner.peekWord();
    if (!head || isConnective(head)) throw this.missingCondition();
    const group = this.readNamedGroup(head);
    if (group) return group;
    const predicate = readPredicate(this.reading, head);
    return this.placed(predicate ?? this.readWords(), at);
  }

  /** `all(a, b)` and `any(a, b)`: the groups as they are called, of one condition or more. */
  private readNamedGroup(head: Token): Query | null {
    const name = head.text.toLowerCase();
    if (name !== "all" && name !== "any") return null;
    this.scanner.at = head.at + name.length;
    if (!this.scanner.take("(")) {
      this.scanner.at = head.at;
      return null;
    }
    const parts: Query[] = [];
    this.readBracket(head.at, ")", () => {
      const outside = this.inList;
      this.inList = true;
      do parts.push(this.readOr());
      while (this.scanner.take(","));
      this.inList = outside;
      return parts;
    });
    if (name === "all") nameOpenConf(parts, this.open, this.names);
    return this.placed(name === "all" ? { and: parts } : { or: parts }, head.at);
  }

  private readBracket<T>(at: number, bracket: string, read: () => T): T {
    const outside = this.inList;
    this.inList = false;
    const inside = this.nested(at, read);
    this.inList = outside;
    if (this.scanner.take(bracket)) return inside;
    if (this.scanner.ended) throw new WrongText(at, 1, `The bracket is never closed; add "${bracket}".`);
    throw wrongNext(this.scanner, `Expected "and", "or" or "${bracket}" before ${nextThing(this.scanner)}.`);
  }

  /** Words that stand beside each other are one piece of text, as it was typed. */
  private readWords(): Predicate {
    const { scanner } = this;
    const start = scanner.at;
    let end = start;
    for (;;) {
      const next = scanner.peekWord();
      if (next && isConnective(next)) break;
      if (!scanner.takeWord() && (this.inList || end === start || !scanner.take(","))) break;
      end = scanner.at;
    }
    scanner.at = end;
    const keyword = scanner.text.slice(start, end);
    const next = scanner.peekOperator();
    if (!next) return { keyword };
    throw new WrongText(
      start,
      end - start,
      `"${keyword}" is nothing that "${next.text}" can compare: write metadata.name, label:name, conf or created before it, or put the text in quotation marks.`,
    );
  }

  private missingCondition(): WrongText {
    const before = this.scanner.text.slice(0, this.scanner.at).match(/(\S+)\s*$/)?.[1];
    const found = nextThing(this.scanner);
    const operator = this.scanner.peekOperator();
    if (operator)
      return wrongNext(
        this.scanner,
        `Expected a name before "${operator.text}": metadata.name, label:name, conf or created.`,
      );
    return wrongNext(
      this.scanner,
      `Expected a condition ${before === undefined ? `before ${found}` : `after "${before}"`}.`,
    );
  }

  private nested<T>(at: number, read: () => T): T {
    this.nesting += 1;
    if (this.nesting > MAX_NESTING)
      throw new WrongText(at, 1, `Brackets and "not" are nested deeper than ${MAX_NESTING} levels.`);
    const inside = read();
    this.nesting -= 1;
    return inside;
  }

  private placed(query: Query, at: number): Query {
    this.places.set(query, { at, length: this.scanner.at - at });
    return query;
  }
}
