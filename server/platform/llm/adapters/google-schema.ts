/** Keywords of JSON Schema that Google's `Schema` has too, and that we use. */
const KEPT = new Set(["description", "enum", "required", "minItems", "maxItems", "minimum", "maximum"]);

/**
 * A JSON Schema as Google's `Schema`, a part of OpenAPI 3.0: types in capitals, no `additionalProperties` (there are
 * never any), the order of properties written out.
 */
export function toGoogleSchema(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "type" && typeof value === "string") written.type = value.toUpperCase();
    else if (key === "items" && isObject(value)) written.items = toGoogleSchema(value);
    else if (key === "properties" && isObject(value)) {
      written.properties = Object.fromEntries(
        Object.entries(value).flatMap(([name, one]) => (isObject(one) ? [[name, toGoogleSchema(one)]] : [])),
      );
      written.propertyOrdering = Object.keys(value);
    } else if (KEPT.has(key)) written[key] = value;
  }
  return written;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
