import type { Query } from "../../contracts/query";
import { usageError } from "./cli-error";

export type Flag = {
  type: "string" | "boolean";
  /** Can be given more than once, or with commas between. */
  multiple?: true;
  /** What stands for its value in the help. */
  value?: string;
  help: string;
};

/** What every command takes. */
export const commonFlags = {
  json: { type: "boolean", help: "what the API answers, as lines of JSON" },
  url: { type: "string", value: "address", help: "the instance (TANDEM_URL, else http://localhost:3000)" },
  project: { type: "string", value: "slug", help: "the project, by slug or id (TANDEM_PROJECT)" },
  "token-file": { type: "string", value: "file", help: "a file with the access token (TANDEM_TOKEN)" },
  help: { type: "boolean", help: "this help" },
} as const satisfies Record<string, Flag>;
export type CommonFlag = keyof typeof commonFlags;

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** The flags that were given, as what they mean. A wrong one is told by its name. */
export class Flags<Name extends string = string> {
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  has(name: Name): boolean {
    return this.#values[name] === true;
  }

  text(name: Name): string | undefined {
    const value = this.#values[name];
    if (value === "") throw usageError(`--${name} is empty: give it a value, or leave it out.`);
    return typeof value === "string" ? value : undefined;
  }

  needed(name: Name): string {
    const value = this.text(name);
    if (value === undefined) throw usageError(`--${name} is missing.`);
    return value;
  }

  /** Of a flag that may be repeated, or hold several with commas between. Undefined: it was not given. */
  texts(name: Name): string[] | undefined {
    const value = this.#values[name];
    if (!Array.isArray(value)) return undefined;
    const texts = value.flatMap((text) => String(text).split(",")).map((text) => text.trim());
    if (texts.includes("")) throw usageError(`--${name} holds an empty name.`);
    return texts;
  }

  /** As in `--types age:number,score:number`. */
  pairs<Value extends string>(name: Name, values: readonly Value[]): Record<string, Value> | undefined {
    const pairs = this.texts(name)?.map((text): [string, Value] => {
      const colon = text.lastIndexOf(":");
      const value = values.find((one) => one === text.slice(colon + 1));
      if (colon > 0 && value !== undefined) return [text.slice(0, colon), value];
      throw usageError(`--${name} takes name:value, where the value is ${listed(values)}; not "${text}".`);
    });
    return pairs && Object.fromEntries(pairs);
  }

  choice<Value extends string>(name: Name, values: readonly Value[]): Value | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = values.find((one) => one === text);
    if (value === undefined) throw usageError(`--${name} is ${listed(values)}; not "${text}".`);
    return value;
  }

  /** @param more what the number must be besides finite, and how that is said */
  number(name: Name, isRight: (value: number) => boolean, must: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value) || !isRight(value))
      throw usageError(`--${name} must be ${must}; not "${text}".`);
    return value;
  }

  count(name: Name): number | undefined {
    return this.number(name, (value) => Number.isSafeInteger(value) && value > 0, "a whole number above 0");
  }

  query(name: Name): Query | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : readQuery(text, `--${name}`);
  }
}

/** What is wrong inside the query, the server says. */
export function readQuery(text: string, what: string): Query {
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below, as of JSON that is no object.
  }
  throw usageError(`${what} must be a query as a JSON object, as in '{"keyword": "late"}'.`);
}

const listed = (values: readonly string[]): string =>
  values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${values.at(-1)}` : (values[0] ?? "");
