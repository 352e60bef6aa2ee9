import type { JsonValue } from "@/contracts/common";
import type { MetadataType } from "@/contracts/imports";
import { isDeep } from "./formats/json-depth";

const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/**
 * Whether a text is a number that reads back as the same text: `007`, `+1`, `1e5`, `1.50` and whole numbers
 * beyond 2^53 are not, since a name or an id written so would be changed.
 */
export function isPlainNumber(text: string): boolean {
  if (!PLAIN_NUMBER.test(text)) return false;
  const value = Number(text);
  return String(value) === text && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

const isBoolean = (text: string): boolean => text === "true" || text === "false";

type Guess = { number: boolean; boolean: boolean };

/** Finds the type of each metadata name from all its values: one that differs makes the column text (or JSON). */
export class ColumnTypes {
  private readonly texts = new Map<string, Guess>();
  private readonly values = new Map<string, MetadataType>();
  private order: readonly string[] = [];

  /** @param texts whether values come from a format that knows only text, so that a type must be guessed */
  constructor(private readonly fromText: boolean) {}

  /** Gives the order in which `found` tells names, of those that have values; others come after them. */
  arrange(names: readonly string[]): void {
    this.order = names;
  }

  note(metadata: ReadonlyMap<string, JsonValue>, typed: ReadonlySet<string>): void {
    for (const [name, value] of metadata)
      if (this.fromText && typeof value === "string" && !typed.has(name)) this.noteText(name, value);
      else this.noteValue(name, value);
  }

  private noteText(name: string, text: string): void {
    const guess = this.texts.get(name);
    if (!guess) this.texts.set(name, { number: isPlainNumber(text), boolean: isBoolean(text) });
    else {
      guess.number &&= isPlainNumber(text);
      guess.boolean &&= isBoolean(text);
    }
  }

  private noteValue(name: string, value: JsonValue): void {
    const type = typeOf(value);
    const known = this.values.get(name);
    if (known === undefined) this.values.set(name, type);
    else if (known !== type) this.values.set(name, "json");
  }

  /** The type of every name that had a value, in the order of the columns, then in that in which they came. */
  found(): Map<string, MetadataType> {
    const guessed = [...this.texts].map(([name, guess]): [string, MetadataType] => [
      name,
      guess.number ? "number" : guess.boolean ? "boolean" : "string",
    ]);
    const found = new Map([...guessed, ...this.values]);
    const arranged = this.order.flatMap((name): [string, MetadataType][] => {
      const type = found.get(name);
      return type === undefined ? [] : [[name, type]];
    });
    return new Map([...arranged, ...found]);
  }

  /** Names whose values were staged as text and are to be turned into `type`. */
  toConvert(type: "number" | "boolean"): string[] {
    return [...this.texts].filter(([, guess]) => guess[type]).map(([name]) => name);
  }
}

function typeOf(value: JsonValue): MetadataType {
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "json";
}

/** A cell as the type that the caller gave its column; undefined when it isn't one. */
export function readAs(type: MetadataType, text: string): JsonValue | undefined {
  if (type === "string") return text;
  if (type === "boolean") return isBoolean(text) ? text === "true" : undefined;
  if (type === "json") return parseJson(text);
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : undefined;
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return isDeep(value) ? undefined : value;
  } catch {
    // Told to the caller as a value that doesn't fit.
    return undefined;
  }
}
