import type { Session } from "@/contracts/sessions";

type Candidate = Pick<Session, "state" | "mode" | "narrowed" | "label" | "jobIds" | "counts">;

/**
 * Of a job's sessions, newest first, the open one in which all labels of one name are verified together: one with
 * something left first, then where most is done, then the oldest.
 */
export function sessionOfJob<Shown extends Candidate>(
  sessions: readonly Shown[],
  jobId: string,
  label: string,
): Shown | undefined {
  const [best] = sessions
    .filter((session) => session.state === "open" && session.mode === "shared" && !session.narrowed)
    .filter((session) => session.label === label && session.jobIds.join() === jobId)
    .reverse()
    .sort(
      (a, b) =>
        Number(b.counts.left > 0) - Number(a.counts.left > 0) || b.counts.verified - a.counts.verified,
    );
  return best;
}
