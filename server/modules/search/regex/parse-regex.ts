import { type CharacterSet, escaped, readCharacterSet } from "./character-sets";
import type { Anchor, RegexNode } from "./regex-tree";

/** What `(?i)`, `(?m)` and `(?s)` switch. */
export type RegexFlags = { folds: boolean; multiline: boolean; dotAll: boolean };

const anchors: Record<string, Anchor> = {
  A: "text start",
  z: "text end",
  b: "word border",
  B: "no word border",
};
const quantifier = /([*+?])|\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/y;
const flagsGroup = /\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])/y;
const namedGroup = /\(\?P?<\w+>/y;
/** An escape of one character or of a class of characters. */
const escapeToken =
  /\\(?:[pP](?:\{[^}]*\}|.)|x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|[1-7][0-7]{1,2}|0[0-7]{0,2}|.)/suy;
const perlClass = /^\\(?:[pP]|[dDsSwW]$)/;

/**
 * The tree of an expression in RE2's syntax. What is wrong with it must have been refused before: this knows
 * only what right ones mean.
 */
export function parseRegex(pattern: string, flags: RegexFlags): RegexNode {
  return new RegexParser(pattern, flags).read();
}

class RegexParser {
  private at = 0;
  private readonly sets = new Map<string, CharacterSet>();

  constructor(
    private readonly pattern: string,
    private flags: RegexFlags,
  ) {}

  /** Alternatives up to the end, or to the bracket that closes the group. */
  read(): RegexNode {
    const alternatives: RegexNode[][] = [[]];
    while (this.at < this.pattern.length && !this.looksAt(")")) {
      if (this.take("|")) alternatives.push([]);
      else this.readItem(alternatives.at(-1) ?? []);
    }
    const parts = alternatives.map((items): RegexNode => ({ kind: "sequence", parts: items }));
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "choice", parts };
  }

  /** Adds the next item to a sequence, or lets the next quantifier repeat the last one. */
  private readItem(items: RegexNode[]): void {
    const repeated = this.match(quantifier);
    if (repeated) this.repeatLast(items, repeated);
    else if (this.looksAt("(")) this.readGroup(items);
    else if (this.looksAt("\\Q")) this.readQuoted(items);
    else items.push(this.readAtom());
  }

  private repeatLast(items: RegexNode[], [, sign, least, comma, most]: RegExpExecArray): void {
    this.take("?");
    const part = items.pop();
    if (!part) return;
    const min = sign === undefined ? Number(least) : sign === "+" ? 1 : 0;
    const open = sign === undefined ? comma !== undefined && most === undefined : sign !== "?";
    const max = open ? null : sign === "?" ? 1 : Number(most ?? least);
    items.push({ kind: "repeat", part, min, max });
  }

  private readGroup(items: RegexNode[]): void {
    const outside = this.flags;
    const switched = this.match(flagsGroup);
    if (switched) this.flags = withFlags(outside, switched[1] ?? "", switched[2] ?? "");
    // Flags without a group last to the end of the group that they stand in.
    if (switched?.[3] === ")") return;
    if (!switched && !this.match(namedGroup)) this.at += 1;
    items.push(this.read());
    this.take(")");
    this.flags = outside;
  }

  /** `\Q…\E`, or to the end: each character stands for itself. */
  private readQuoted(items: RegexNode[]): void {
    const end = this.pattern.indexOf("\\E", this.at);
    const quoted = this.pattern.slice(this.at + 2, end < 0 ? undefined : end);
    this.at = end < 0 ? this.pattern.length : end + 2;
    for (const char of quoted) items.push(this.setOf(escaped(char.codePointAt(0) ?? 0)));
  }

  private readAtom(): RegexNode {
    if (this.take("^")) return anchor(this.flags.multiline ? "line start" : "text start");
    if (this.take("$")) return anchor(this.flags.multiline ? "line end" : "text end");
    if (this.take(".")) return this.setOf(this.flags.dotAll ? "\\x{0}-\\x{10ffff}" : "^\\n");
    if (this.looksAt("[")) return this.setOf(this.readClass());
    const escapeText = this.match(escapeToken)?.[0];
    if (escapeText === undefined) return this.setOf(escaped(this.takeCharacter()));
    const place = anchors[escapeText.slice(1)];
    return place ? anchor(place) : this.setOf(escapeText);
  }

  /** The inside of `[…]`. A `]` that comes first stands for itself. */
  private readClass(): string {
    this.at += 1;
    const start = this.at;
    this.take("^");
    do this.skipClassItem();
    while (!this.looksAt("]"));
    const inside = this.pattern.slice(start, this.at);
    this.at += 1;
    return inside;
  }

  private skipClassItem(): void {
    const nameEnd = this.looksAt("[:") ? this.pattern.indexOf(":]", this.at) : -1;
    if (nameEnd >= 0) {
      this.at = nameEnd + 2;
      return;
    }
    if (perlClass.test(this.skipClassCharacter())) return;
    if (!this.looksAt("-") || this.pattern[this.at + 1] === "]") return;
    this.at += 1;
    this.skipClassCharacter();
  }

  private skipClassCharacter(): string {
    return this.match(escapeToken)?.[0] ?? String.fromCodePoint(this.takeCharacter());
  }

  private setOf(source: string): RegexNode {
    const key = `${this.flags.folds}${source}`;
    const set = this.sets.get(key) ?? readCharacterSet(source, this.flags.folds);
    this.sets.set(key, set);
    return { kind: "set", set };
  }

  private looksAt(text: string): boolean {
    return this.pattern.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    const found = this.looksAt(text);
    if (found) this.at += text.length;
    return found;
  }

  private takeCharacter(): number {
    const char = this.pattern.codePointAt(this.at) ?? 0;
    this.at += char > 0xffff ? 2 : 1;
    return char;
  }

  private match(token: RegExp): RegExpExecArray | null {
    token.lastIndex = this.at;
    const found = token.exec(this.pattern);
    if (found) this.at += found[0].length;
    return found;
  }
}

const anchor = (place: Anchor): RegexNode => ({ kind: "anchor", anchor: place });

function withFlags(flags: RegexFlags, on: string, off: string): RegexFlags {
  const after = (letter: string, before: boolean) =>
    off.includes(letter) ? false : on.includes(letter) || before;
  return {
    folds: after("i", flags.folds),
    multiline: after("m", flags.multiline),
    dotAll: after("s", flags.dotAll),
  };
}
