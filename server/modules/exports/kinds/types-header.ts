import type { MetadataType } from "@/contracts/imports";

/** What an import reads as a list of `name:type`, in characters that a header may hold. */
const isPlain = (name: string) => /^[!-+\--z|}~](?:[ -+\--~]*[!-+\--~])?$/.test(name);

/**
 * Types of metadata columns in the form of the import's `types=`: `name:type,…`, or a JSON object when a name doesn't
 * fit into that. Always ASCII, as a header must be.
 */
export function typesHeader(types: readonly (readonly [name: string, type: MetadataType])[]): string {
  if (types.every(([name]) => isPlain(name))) return types.map(([name, type]) => `${name}:${type}`).join(",");
  // fromEntries makes own properties of any name; assignment would lose a column called "__proto__".
  return JSON.stringify(Object.fromEntries(types)).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
