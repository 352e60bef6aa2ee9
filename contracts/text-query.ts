import { z } from "zod";

/** How words are looked for in a text: as they stand, nearly as they stand, or as a regular expression (RE2). */
export const textWays = ["exact", "fuzzy", "regex"] as const;
export const textWay = z.enum(textWays);
export type TextWay = z.infer<typeof textWay>;
export type TextQuery = { text: string; way: TextWay };

/**
 * Fuzzy: the words and some part of the text have at least so many of their groups of three letters in common, as
 * `word_similarity` of PostgreSQL's pg_trgm measures it; two letters swapped in a word of seven stay above.
 */
export const FUZZY_LEAST = 0.35;
