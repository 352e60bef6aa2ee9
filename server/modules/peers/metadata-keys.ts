import type { JsonValue } from "@/contracts/common";
import type { JsonObject } from "./peer-item";

const PREFIX = "metadata.";

/**
 * Metadata beside keys that mean something else: a name that is one of them, with or without the prefix already, gets
 * `metadata.` before it, so that no two names become one.
 */
export class MetadataKeys {
  constructor(private readonly reserved: readonly string[]) {}

  /** Entries to write beside the reserved keys. */
  write(metadata: JsonObject): JsonObject {
    return entries(metadata, (name) => (this.isTaken(name) ? PREFIX + name : name));
  }

  /** The metadata among an object's entries: everything that is not reserved, empty values left out. */
  read(object: JsonObject): JsonObject {
    const own = Object.fromEntries(Object.entries(object).filter(([key]) => !this.reserved.includes(key)));
    return entries(own, (key) =>
      key.startsWith(PREFIX) && this.isTaken(key) ? key.slice(PREFIX.length) : key,
    );
  }

  private isTaken(name: string): boolean {
    let bare = name;
    while (bare.startsWith(PREFIX)) bare = bare.slice(PREFIX.length);
    return this.reserved.includes(bare);
  }
}

// fromEntries makes own properties of any name; assignment would lose metadata called "__proto__".
const entries = (object: JsonObject, rename: (name: string) => string): JsonObject =>
  Object.fromEntries(
    Object.entries(object)
      .filter((entry): entry is [string, JsonValue] => entry[1] !== null && entry[1] !== undefined)
      .map(([name, value]) => [rename(name), value]),
  );
