/**
 * UTF-16 units of one piece of a file, so that it has less than 128 KiB whatever its script. V8 moves a larger text that
 * is in use when it collects to its old generation, where it stays until the whole heap is looked through.
 */
const PIECE_LENGTH = 56 * 1024;

/** What `write` makes of each row, with `end` after it, in texts that hold rows until they have {@link PIECE_LENGTH}. */
export function* textPieces<Row>(
  rows: readonly Row[],
  write: (row: Row) => string,
  end = "",
): Generator<string> {
  let written: string[] = [];
  let length = 0;
  // Joined rather than added up: millions of pieces that wait to be made one text are what the memory would be full of.
  const joined = () => `${written.join(end)}${end}`;
  for (const row of rows) {
    const text = write(row);
    written.push(text);
    length += text.length;
    if (length < PIECE_LENGTH) continue;
    yield joined();
    written = [];
    length = 0;
  }
  if (written.length > 0) yield joined();
}
