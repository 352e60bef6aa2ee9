import type { LlmErrorKind } from "@/server/platform/llm";
import { type Pace, retryDelay } from "./back-off";
import type { JobRun } from "./load-job-run";
import { actionOf, type StopReason, stopReasonOf } from "./stop-reason";
import type { CallFailure } from "./write-failures";

export type FailedCall = {
  kind: LlmErrorKind;
  message: string;
  /** What the provider asked to wait. */
  retryAfterMs: number | null;
  /** Calls made for the item, with this one. */
  tries: number;
  /** The provider is down altogether. */
  outage: boolean;
  pace: Pace;
};

/** What becomes of an item after a call without an answer, and of the whole job when it says something about that. */
export function afterFailure(
  { errorPolicy: policy, maxRetries }: Pick<JobRun, "errorPolicy" | "maxRetries">,
  { kind, message, retryAfterMs, tries, outage, pace }: FailedCall,
): { next: CallFailure["next"]; reason: StopReason | null } {
  const reason = stopReasonOf(kind, message, { outage, policy });
  if (reason !== null) return { reason, next: "put-back" };
  if (actionOf(kind, policy) === "skip" || tries > maxRetries) return { reason, next: "given-up" };
  return { reason, next: { retryInMs: retryDelay(tries, retryAfterMs, pace, Math.random()) } };
}
