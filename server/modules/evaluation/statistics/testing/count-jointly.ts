import { optionsOfKey } from "@/contracts/value-key";
import type { CompareInput } from "../compare";
import type { ConfusionCell, PairCell, Right } from "../joint-counts";

/** Value keys by record id. */
type Labels = ReadonlyMap<string, string>;
type LabeledBy = { id: string; labels: Labels };
type Labeled = { gold?: Labels; annotators: readonly LabeledBy[]; options: readonly string[] };

/** What the database counts, counted record by record. */
export function countJointly({ gold, annotators, options }: Labeled): CompareInput & { goldInvalid: number } {
  const valid = new Map(
    [...(gold ?? [])].filter(([, key]) => optionsOfKey(key).every((one) => options.includes(one))),
  );
  return {
    hasGold: gold !== undefined,
    options,
    goldInvalid: (gold?.size ?? 0) - valid.size,
    annotators: annotators.map(({ id, labels }) => ({ id, cells: confusionCells(labels, valid) })),
    pairs: annotators.flatMap((a, index) =>
      annotators
        .slice(index + 1)
        .map((b) => ({ a: a.id, b: b.id, cells: pairCells(a.labels, b.labels, valid) })),
    ),
  };
}

function confusionCells(labels: Labels, gold: Labels): ConfusionCell[] {
  const cells = new Map<string, ConfusionCell>();
  for (const [recordId, given] of labels) {
    const right = gold.get(recordId);
    if (right !== undefined) count(cells, { gold: right, given, count: 1 });
  }
  return [...cells.values()];
}

function pairCells(labelsA: Labels, labelsB: Labels, gold: Labels): PairCell[] {
  const cells = new Map<string, PairCell>();
  for (const [recordId, a] of labelsA) {
    const b = labelsB.get(recordId);
    if (b !== undefined) count(cells, { a, b, right: whoIsRight(a, b, gold.get(recordId)), count: 1 });
  }
  return [...cells.values()];
}

function whoIsRight(a: string, b: string, gold: string | undefined): Right | null {
  if (gold === undefined) return null;
  if (a === gold) return b === gold ? "both" : "onlyA";
  return b === gold ? "onlyB" : "neither";
}

function count<Cell extends { count: number }>(cells: Map<string, Cell>, cell: Cell): void {
  const key = JSON.stringify({ ...cell, count: 0 });
  cells.set(key, { ...cell, count: (cells.get(key)?.count ?? 0) + 1 });
}
