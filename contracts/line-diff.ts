import { z } from "zod";

export const diffLine = z.object({
  kind: z.enum(["same", "added", "removed"]),
  text: z.string(),
  /** 1-based line number in the old and the new text; null where the line doesn't exist. */
  before: z.number().int().nullable(),
  after: z.number().int().nullable(),
});
export type DiffLine = z.infer<typeof diffLine>;

/** Above this many cells the table would cost more than the answer is worth: what differs is shown as replaced. */
const LARGEST_TABLE = 4_000_000;

/**
 * The lines of two texts, merged along a longest common subsequence (dynamic programming over what
 * remains between the common head and tail: O(n·m) time and memory there, up to a limit).
 */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = toLines(before);
  const now = toLines(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail))
    tail++;

  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  const same = () => lines.push({ kind: "same", text: old[i] ?? "", before: ++i, after: ++j });
  const removed = () => lines.push({ kind: "removed", text: old[i] ?? "", before: ++i, after: null });
  const added = () => lines.push({ kind: "added", text: now[j] ?? "", before: null, after: ++j });

  const oldEnd = old.length - tail;
  const nowEnd = now.length - tail;
  const common = commonLengths(old.slice(head, oldEnd), now.slice(head, nowEnd));
  while (i < head) same();
  while (i < oldEnd || j < nowEnd) {
    if (i < oldEnd && j < nowEnd && old[i] === now[j]) same();
    else if (j >= nowEnd || (i < oldEnd && common(i + 1 - head, j - head) >= common(i - head, j + 1 - head)))
      removed();
    else added();
  }
  while (i < old.length) same();
  return lines;
}

/** Lengths of the longest common subsequence of the two lists' ends, from position i and j on. */
function commonLengths(old: string[], now: string[]): (i: number, j: number) => number {
  if (old.length * now.length > LARGEST_TABLE) return (i, j) => old.length - i + now.length - j;
  const width = now.length + 1;
  const table = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      table[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}

function toLines(text: string): string[] {
  return text === "" ? [] : text.replace(/\r\n?/g, "\n").split("\n");
}
