import type { Pattern } from "../patterns";

/**
 * Krippendorff's reliability data C, "Computing Krippendorff's Alpha-Reliability" (2011): four observers in rows, twelve
 * units in columns, a point where a value is missing.
 */
const DATA_C = [
  "1 2 3 3 2 1 4 1 2 . . .",
  "1 2 3 3 2 2 4 1 2 5 . 3",
  ". 3 3 3 2 3 4 2 2 5 1 .",
  "1 2 3 3 2 4 4 1 2 5 1 .",
].map((row) => row.split(" ").map((value) => (value === "." ? null : Number(value))));

/** What each unit got, one pattern a unit, from observers in rows. */
const unitsOf = (rows: readonly (readonly (number | null)[])[]): Pattern[] =>
  (rows[0] ?? []).map((_, unit) => ({ values: rows.flatMap((row) => row[unit] ?? []), count: 1 }));

export const dataC = unitsOf(DATA_C);
