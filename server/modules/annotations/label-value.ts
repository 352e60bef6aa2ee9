import { distinctByCodePoint } from "@/server/platform/code-point-order";

/** The one stored form of a label's value: each option once, sorted by code point. */
export function normalizeValue(value: readonly string[]): string[] {
  return distinctByCodePoint(value);
}
