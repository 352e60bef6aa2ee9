import type { Session } from "@/contracts/sessions";

type Listed = Pick<Session, "id" | "name" | "label" | "state" | "blindShare" | "jobIds">;

/**
 * What the other open session is called in which labels of a job are blind, in quotes; several of them, of which any
 * may hide one, with "or" between. Null where there is none among these.
 */
export function whereBlind(
  sessions: readonly Listed[],
  here: Pick<Session, "id" | "label">,
  jobId: string,
): string | null {
  const names = sessions
    .filter(({ id, state, blindShare }) => id !== here.id && state === "open" && blindShare > 0)
    .filter(({ label, jobIds }) => label === here.label && jobIds.includes(jobId))
    .map(({ name }) => `“${name}”`);
  return names.length === 0 ? null : [...new Set(names)].join(" or ");
}
