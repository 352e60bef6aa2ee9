import type { JsonValue } from "@/contracts/common";
import type { JsonObject } from "./peer-item";

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The elements of a list; none for what is no list. */
export const listOf = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);

/** The objects of a list; none for what is no list. */
export const objectsOf = (value: JsonValue | undefined): JsonObject[] => listOf(value).filter(isObject);

/** A text, or the digits of a number; undefined for anything else and for an empty text. */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export const numberOf = (value: JsonValue | undefined): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** A confidence, when it is one. */
export function confOf(value: JsonValue | undefined): { conf?: number } {
  const conf = numberOf(value);
  return conf !== undefined && conf >= 0 && conf <= 1 ? { conf } : {};
}

/** One text or several, as options; undefined when anything else is among them. */
export function optionsOf(value: JsonValue | undefined): string[] | undefined {
  const options = (Array.isArray(value) ? value : [value]).map((one) =>
    typeof one === "boolean" ? String(one) : textOf(one),
  );
  return options.every((one) => one !== undefined) ? options : undefined;
}

/** The own entry of that name; what an object inherits is none. */
export const entryOf = (object: JsonObject, name: string): JsonValue | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;
