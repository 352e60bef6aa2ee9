import type { CompareResult } from "@/contracts/compare";

/** Of those judged against gold the one whose details are shown; undefined when nobody is. */
export function shownAnnotator({ annotators }: Pick<CompareResult, "annotators">, detail: string | null) {
  const judged = annotators.filter(({ n }) => n > 0);
  return judged.find(({ id }) => id === detail) ?? judged[0];
}
