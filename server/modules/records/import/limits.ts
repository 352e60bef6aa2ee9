/** Code points of a record's text. */
export const MAX_CONTENT = 100_000;
/** Code points of an external id. */
export const MAX_EXTERNAL_ID = 255;
/** Code points of one metadata value, or of its JSON text. */
export const MAX_METADATA_VALUE = 10_000;
/** Code points of a metadata name. */
export const MAX_METADATA_NAME = 100;
/** Metadata names that one import may bring, and columns of a file. */
export const MAX_COLUMNS = 2000;

/** UTF-16 units that are kept of one cell: whatever is longer is over every limit above. */
export const MAX_CELL_UNITS = 2 * MAX_CONTENT + 1;
/** UTF-16 units that are kept of one row, so that many long cells can't fill the memory. */
export const MAX_ROW_UNITS = 8 * MAX_CONTENT;

/** Bytes at the beginning of a file in which its header, or its first objects, must be found. */
export const HEAD_BYTES = 256 * 1024;

/** Whether `text` has more than `limit` code points. */
export function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  if (text.length > 2 * limit) return true;
  let points = 0;
  for (const _ of text) {
    points += 1;
    if (points > limit) return true;
  }
  return false;
}
