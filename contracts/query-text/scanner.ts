import { WrongText } from "./problem";

/** A piece of the text and where it stands. */
export type Token = { text: string; at: number };

const blanks = /\s*/y;
const word = /(?:[^\s()"<>=~!,]|!(?!=))+/y;
const listWord = /(?:[^\s()"<>=~!,\]]|!(?!=))+/y;
const operator = /==|!=|<=|>=|<>|[=<>~≠≤≥]/y;
const string = /"(?:[^"\\]|\\.)*"/sy;
const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Walks along a text. What is looked for comes next, or after white space. */
export class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  /** Whether nothing but white space is left. */
  get ended(): boolean {
    this.skipBlanks();
    return this.at >= this.text.length;
  }

  skipBlanks(): void {
    this.match(blanks);
  }

  /** The next word, left where it stands. */
  peekWord(): Token | null {
    this.skipBlanks();
    return this.peek(word);
  }

  takeWord(): Token | null {
    this.skipBlanks();
    return this.match(word);
  }

  /** A word in `[…]`, which ends before the bracket. */
  takeListWord(): Token | null {
    this.skipBlanks();
    return this.match(listWord);
  }

  peekOperator(): Token | null {
    this.skipBlanks();
    return this.peek(operator);
  }

  takeOperator(): Token | null {
    this.skipBlanks();
    return this.match(operator);
  }

  /** The next word when it is one of these, in any case. */
  takeKeyword<Keyword extends string>(...keywords: readonly Keyword[]): (Token & { text: Keyword }) | null {
    const next = this.peekWord();
    const keyword = keywords.find((one) => one === next?.text.toLowerCase());
    if (!next || keyword === undefined) return null;
    this.at = next.at + next.text.length;
    return { text: keyword, at: next.at };
  }

  /** What is next without white space between. */
  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Goes past a sign, after white space. */
  take(sign: string): boolean {
    this.skipBlanks();
    const found = this.startsWith(sign);
    if (found) this.at += sign.length;
    return found;
  }

  /** The meaning of `"…"`, written as JSON writes it; line breaks may stand in it as they are. */
  takeString(): Token | null {
    this.skipBlanks();
    if (!this.startsWith('"')) return null;
    const found = this.match(string);
    if (!found) throw new WrongText(this.at, 1, "The quotation mark is never closed; add another one.");
    return { at: found.at, text: meaningOf(found) };
  }

  match(token: RegExp): Token | null {
    const found = this.peek(token);
    if (found) this.at += found.text.length;
    return found;
  }

  private peek(token: RegExp): Token | null {
    token.lastIndex = this.at;
    const found = token.exec(this.text);
    return found ? { text: found[0], at: this.at } : null;
  }
}

function meaningOf({ text, at }: Token): string {
  return text.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (whole, hex, sign, offset) => {
    if (typeof hex === "string") return String.fromCharCode(Number.parseInt(hex, 16));
    if (/["\\/]/.test(sign)) return sign;
    const meant = escapes[sign];
    if (meant !== undefined) return meant;
    throw new WrongText(
      at + 1 + offset,
      whole.length,
      `"${whole}" means nothing in quotation marks; write \\\\ for a backslash.`,
    );
  });
}
