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
const LITERAL = /true|false|null/uy;

/**
 * Finds the outermost JSON objects in an answer, whatever prose or fences surround them. After a failed attempt
 * the search goes on where it failed, so each character is read at most twice.
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

/** A strict recursive-descent reader; every method returns null where the text is not JSON. */
class Scanner {
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
    if (char === '"') return this.string();
    return this.token(NUMBER, "number") ?? this.token(LITERAL, "literal");
  }

  private object(depth: number): JsonNode | null {
    const start = this.at++;
    const members: { key: string; value: JsonNode }[] = [];
    if (this.take("}")) return { kind: "object", start, end: this.at, members };
    do {
      this.skipSpace();
      const key = this.raw[this.at] === '"' ? this.string() : null;
      if (key?.kind !== "string" || !this.take(":")) return null;
      const value = this.value(depth + 1);
      if (!value) return null;
      members.push({ key: key.text, value });
    } while (this.take(","));
    return this.take("}") ? { kind: "object", start, end: this.at, members } : null;
  }

  private array(depth: number): JsonNode | null {
    const start = this.at++;
    const items: JsonNode[] = [];
    if (this.take("]")) return { kind: "array", start, end: this.at, items };
    do {
      const item = this.value(depth + 1);
      if (!item) return null;
      items.push(item);
    } while (this.take(","));
    return this.take("]") ? { kind: "array", start, end: this.at, items } : null;
  }

  private string(): JsonNode | null {
    const start = this.at + 1;
    let escaped = false;
    for (this.at = start; this.at < this.raw.length; this.at++) {
      const char = this.raw[this.at] ?? "";
      if (char < " ") return null;
      if (char === "\\") {
        escaped = true;
        this.at++;
      } else if (char === '"') {
        const end = this.at++;
        const text = escaped ? unquote(this.raw.slice(start - 1, end + 1)) : this.raw.slice(start, end);
        return text === null ? null : { kind: "string", start, end, text, escaped };
      }
    }
    return null;
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

  private skipSpace(): void {
    while (" \t\r\n".includes(this.raw[this.at] ?? "x")) this.at++;
  }
}

function unquote(quoted: string): string | null {
  try {
    const text: unknown = JSON.parse(quoted);
    return typeof text === "string" ? text : null;
  } catch {
    // A bad escape: the text is not JSON, which is all the caller asks.
    return null;
  }
}
