import { tiesOf } from "./reliability-bins";
import { type ScoredRow, totalWeight } from "./scored-row";

/**
 * How well confidence tells right from wrong: the chance that of a right and a wrong row, drawn by their weights, the
 * right one has the higher confidence; equal ones count half. 0.5 tells nothing.
 *
 * Source: J. A. Hanley, B. J. McNeil (1982), "The meaning and use of the area under a receiver operating characteristic
 * (ROC) curve", Radiology 143:29–36.
 *
 * @returns null when all rows are right, or all wrong
 */
export function auroc(rows: readonly ScoredRow[]): number | null {
  let won = 0;
  let wrongBelow = 0;
  let right = 0;
  for (const tied of tiesOf(rows)) {
    const rightHere = totalWeight(tied.rows.filter(({ correct }) => correct));
    const wrongHere = totalWeight(tied.rows.filter(({ correct }) => !correct));
    won += rightHere * (wrongBelow + wrongHere / 2);
    wrongBelow += wrongHere;
    right += rightHere;
  }
  return right === 0 || wrongBelow === 0 ? null : won / (right * wrongBelow);
}
