import type { Decision } from "@/contracts/live";
import type { Kept } from "./types";

/** A decision that was not sent, to be copied. */
export const keptOf = (annotationId: string, { value, status = null }: Decision): Kept => ({
  annotationId,
  value,
  status,
});

/** Whether a decision says this already; none says the same as one that was taken back. */
export const saysThat = (
  decision: Decision | null,
  status: Decision["status"],
  value: readonly string[],
): boolean =>
  (decision?.status ?? null) === status &&
  (status === null ||
    (decision?.value.length === value.length && value.every((one) => decision.value.includes(one))));
