import type { DecisionChange } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import { sameValue } from "./current-verdict";

/**
 * A decision about a label of a whole record says what holds for the record, so it is said of every job's label: what
 * confirms one corrects another that differs. Whether it does follows from the value; the server says it.
 */
export const ofWholeRecord = (
  { sameRecord }: SessionItem,
  { annotationId: _, room: __, ms: ___, status, ...said }: DecisionChange,
): DecisionChange[] =>
  sameRecord.map((label) => ({
    ...label,
    ...said,
    ...(status === "UNSURE" || status === null ? { status } : {}),
  }));

/** Jobs gave different values to its record, or what another gave is hidden: to confirm it is to decide between them. */
export const jobsDiffer = ({ value, others, sameRecord }: SessionItem): boolean =>
  sameRecord.some(({ annotationId }) => {
    const other = others.find((one) => one.annotationId === annotationId);
    return value === undefined || other === undefined || !sameValue(other.value, value);
  });

/** Of several decisions about one label the last. */
export const oneEach = (changes: readonly DecisionChange[]): DecisionChange[] => [
  ...new Map(changes.map((change) => [change.annotationId, change])).values(),
];
