import type { DiffLine } from "@/contracts/agents";

/** Above this many cells the table would cost more than the answer is worth: the middle is shown as replaced. */
const LARGEST_TABLE = 4_000_000;

/** The shortest line-by-line change from `before` to `after`, by longest common subsequence; removals come first. */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = before === "" ? [] : before.split("\n");
  const fresh = after === "" ? [] : after.split("\n");
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, fresh.length) - head;
  while (tail < most && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  return [
    ...same(old.slice(0, head)),
    ...diffMiddle(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...same(old.slice(old.length - tail)),
  ];
}

const same = (lines: string[]) => lines.map((text): DiffLine => ({ kind: "same", text }));

function diffMiddle(old: string[], fresh: string[]): DiffLine[] {
  const width = fresh.length + 1;
  if (old.length * fresh.length > LARGEST_TABLE) return replaced(old, fresh);
  const lengths = new Uint32Array((old.length + 1) * width);
  const length = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--)
    for (let column = fresh.length - 1; column >= 0; column--)
      lengths[row * width + column] =
        old[row] === fresh[column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1));
  const changes: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < fresh.length) {
    const [oldLine, freshLine] = [old[row], fresh[column]];
    if (oldLine !== undefined && oldLine === freshLine) {
      changes.push({ kind: "same", text: oldLine });
      row++;
      column++;
    } else if (
      oldLine !== undefined &&
      (freshLine === undefined || length(row + 1, column) >= length(row, column + 1))
    ) {
      changes.push({ kind: "removed", text: oldLine });
      row++;
    } else {
      changes.push({ kind: "added", text: freshLine ?? "" });
      column++;
    }
  }
  return changes;
}

function replaced(old: string[], fresh: string[]): DiffLine[] {
  return [
    ...old.map((text): DiffLine => ({ kind: "removed", text })),
    ...fresh.map((text): DiffLine => ({ kind: "added", text })),
  ];
}
