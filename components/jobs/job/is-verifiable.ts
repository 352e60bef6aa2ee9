import type { Job } from "@/contracts/jobs";

/**
 * Whether there is anything of a label to verify: what could be read of an answer, even if not all of it could, or an
 * answer that says there is none.
 */
export function isVerifiable(
  { counts, distribution }: Pick<Job, "counts" | "distribution">,
  label: string,
): boolean {
  return counts.parsed > 0 || Object.keys(distribution[label] ?? {}).length > 0;
}
