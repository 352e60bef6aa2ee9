/** A place in a text, in UTF-16 units, as the browser counts; `end` is exclusive. */
export type Range = { start: number; end: number };

/** More than one would look at in one text. */
export const MAX_RANGES = 1000;
