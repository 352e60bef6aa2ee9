/** A JSON value with the place where it stands. For strings, `start` and `end` lie inside the quotes. */
export type JsonNode = { start: number; end: number } & (
  | { kind: "string"; text: string; escaped: boolean }
  | { kind: "number" | "literal" }
  | { kind: "array"; items: JsonNode[] }
  /** Members in order, repeated keys included: `JSON.parse` would keep the last one silently. */
  | { kind: "object"; members: { key: string; value: JsonNode }[] }
);
export type JsonObject = Extract<JsonNode, { kind: "object" }>;

const DEEPEST = 40;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const LITERAL = /(?:true|false|null|True|False|None)(?![\p{L}\p{N}_])/uy;
const BARE_KEY = /[\p{L}_][\p{L}\p{N}_-]{0,99}/uy;

/**
 * Finds the outermost JSON objects in an answer, whatever prose or fences surround them. As models write it:
 * comments, a comma too many, single quotes, keys without quotes and Python's `None` are taken; of an object that
 * the answer's end cut off, the members that were finished. Strings are never completed and lists never cut. After
 * a failed attempt the search goes on where it failed, so the time is linear.
 */
export function scanJsonObjects(raw: string, from = 0): JsonObject[] {
  const objects: JsonObject[] = [];
  for (let at = raw.indexOf("{", from); at >= 0; ) {
    const scanner = new Scanner(raw, at);
    const node = scanner.value(0);
    if (node?.kind === "object") objects.push(node);
    at = raw.indexOf("{", Math.max(scanner.at, at + 1));
  }
  return objects;
}

/** The JSON value that begins at `from` after white space, or null. */
export function scanJsonValue(raw: string, from: number): JsonNode | null {
  return new Scanner(raw, from).value(0);
}

/** A recursive-descent reader; every method returns null where the text is not JSON. */
class Scanner {
  /** The answer ended inside a value. */
  private ended = false;

  constructor(
    private readonly raw: string,
    public at: number,
  ) {}

  value(depth: number): JsonNode | null {
    if (depth > DEEPEST) return null;
    this.skipSpace();
    const char = this.raw[this.at];
    if (char === "{") return this.object(depth);
    if (char === "[") return this.array(depth);
    if (char === '"' || char === "'") return this.string(char);
    return this.token(NUMBER, "number") ?? this.token(LITERAL, "literal");
  }

  private object(depth: number): JsonNode | null {
    const start = this.at++;
    const members: { key: string; value: JsonNode }[] = [];
    const done = (): JsonNode => ({ kind: "object", start, end: this.at, members });
    do {
      if (this.take("}")) return done();
      const key = this.key();
      const value = key !== null && this.take(":") ? this.value(depth + 1) : null;
      if (key === null || !value) return this.isOver() && members.length > 0 ? done() : null;
      members.push({ key, value });
    } while (this.take(","));
    return this.take("}") || this.isOver() ? done() : null;
  }

  private key(): string | null {
    this.skipSpace();
    const char = this.raw[this.at];
    if (char === '"' || char === "'") return this.string(char)?.text ?? null;
    BARE_KEY.lastIndex = this.at;
    const bare = BARE_KEY.exec(this.raw)?.[0];
    if (bare === undefined) return null;
    this.at += bare.length;
    return bare;
  }

  private array(depth: number): JsonNode | null {
    const start = this.at++;
    const items: JsonNode[] = [];
    do {
      if (this.take("]")) return { kind: "array", start, end: this.at, items };
      const item = this.value(depth + 1);
      if (!item) return null;
      items.push(item);
    } while (this.take(","));
    return this.take("]") ? { kind: "array", start, end: this.at, items } : null;
  }

  /** A string that has no end leaves the reader behind its opening quote, since that may have been an apostrophe. */
  private string(quote: string): Extract<JsonNode, { kind: "string" }> | null {
    const start = this.at + 1;
    let escaped = false;
    let end = start;
    for (; end < this.raw.length && this.raw[end] !== quote; end++) {
      const char = this.raw[end] ?? "";
      if (char < " ") break;
      if (char === "\\") {
        escaped = true;
        end++;
      }
    }
    this.at = start;
    if (end >= this.raw.length) this.ended = true;
    if (this.raw[end] !== quote) return null;
    const inside = this.raw.slice(start, end);
    const text = escaped ? unescaped(inside, quote) : inside;
    if (text === null) return null;
    this.at = end + 1;
    return { kind: "string", start, end, text, escaped };
  }

  private token(pattern: RegExp, kind: "number" | "literal"): JsonNode | null {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.raw)) return null;
    const start = this.at;
    this.at = pattern.lastIndex;
    return { kind, start, end: this.at };
  }

  private take(char: string): boolean {
    this.skipSpace();
    if (this.raw[this.at] !== char) return false;
    this.at++;
    return true;
  }

  /** White space and comments. */
  private skipSpace(): void {
    for (;;) {
      while (" \t\r\n".includes(this.raw[this.at] ?? "x")) this.at++;
      const opening = this.raw.slice(this.at, this.at + 2);
      if (opening !== "//" && opening !== "/*") return;
      const closing = opening === "//" ? "\n" : "*/";
      const end = this.raw.indexOf(closing, this.at + 2);
      this.at = end < 0 ? this.raw.length : end + closing.length;
    }
  }

  private isOver(): boolean {
    return this.ended || this.at >= this.raw.length;
  }
}

function unescaped(inside: string, quote: string): string | null {
  const quoted = quote === "'" ? inside.replaceAll("\\'", "'").replace(/(?<!\\)"/gu, '\\"') : inside;
  try {
    const text: unknown = JSON.parse(`"${quoted}"`);
    return typeof text === "string" ? text : null;
  } catch {
    // A bad escape: the text is not JSON, which is all the caller asks.
    return null;
  }
}
