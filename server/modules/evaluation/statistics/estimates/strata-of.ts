import { byCodePoint } from "@/server/platform/code-point-order";
import { isRight, type LabelGroup, sizeOf } from "./label-group";

export type LabelStratum = {
  predicted: string;
  confFrom: number | null;
  confTo: number | null;
  /** All labels of the population in it. */
  all: LabelGroup[];
  population: number;
  checked: number;
  correct: number;
  /** Those of them that the figures rest on. */
  evidence: LabelGroup[];
};

/** The labels by what the job gave and by its confidence, in this order; those without confidence last. */
export function strataOf(groups: readonly LabelGroup[], evidence: readonly LabelGroup[]): LabelStratum[] {
  const strata = new Map<string, LabelGroup[]>();
  for (const group of groups) {
    const key = JSON.stringify([group.predicted, group.bin]);
    strata.set(key, [...(strata.get(key) ?? []), group]);
  }
  const used = new Set(evidence);
  return [...strata.values()]
    .map((all) => present(all, used))
    .sort(
      (one, other) =>
        byCodePoint(one.predicted, other.predicted) || (one.confFrom ?? 2) - (other.confFrom ?? 2),
    );
}

function present(all: LabelGroup[], used: ReadonlySet<LabelGroup>): LabelStratum {
  const evidence = all.filter((group) => used.has(group));
  const ends = (of: "confFrom" | "confTo") => all.flatMap((group) => group[of] ?? []);
  return {
    predicted: all[0]?.predicted ?? "",
    confFrom: ends("confFrom").length > 0 ? Math.min(...ends("confFrom")) : null,
    confTo: ends("confTo").length > 0 ? Math.max(...ends("confTo")) : null,
    all,
    population: sizeOf(all),
    checked: sizeOf(evidence),
    correct: sizeOf(evidence.filter(isRight)),
    evidence,
  };
}
