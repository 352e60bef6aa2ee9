import { type ErrorPolicy, type PausedReason, policyKind, usualErrorPolicy } from "@/contracts/jobs";
import type { LlmError, LlmErrorKind } from "@/server/platform/llm";
import { OF_THE_PROVIDER } from "./outage-watch";

/** Why a run makes no further call, by its own decision. */
export type StopReason =
  | { kind: "pause"; reason: PausedReason; error: { kind: string; message: string } }
  /** What was asked for can't be done at all. */
  | { kind: "fail"; error: { kind: string; message: string } };

/** Failures after which every further call would fail too, until a person changes something. */
const PAUSES: Partial<Record<LlmErrorKind, PausedReason>> = {
  auth: "auth",
  model_refused: "model_refused",
  out_of_credit: "out_of_credit",
};

/** What becomes of an item after a failure of this kind, by the job's policy. */
export function actionOf(kind: LlmErrorKind, policy: ErrorPolicy): "retry" | "skip" | "stop" {
  const chosen = policyKind.safeParse(kind);
  return chosen.success ? (policy[chosen.data] ?? usualErrorPolicy[chosen.data]) : "retry";
}

export type Failing = { outage: boolean; policy: ErrorPolicy };

/** What a failure means for the whole job, or null when it concerns its own item. */
export function stopReasonOf(
  kind: LlmErrorKind,
  message: string,
  { outage, policy }: Failing,
): StopReason | null {
  const error = { kind, message };
  if (kind === "forbidden_address") return { kind: "fail", error };
  const reason = PAUSES[kind];
  if (reason) return { kind: "pause", reason, error };
  if (actionOf(kind, policy) === "stop") return { kind: "pause", reason: "error_policy", error };
  return outage ? { kind: "pause", reason: "provider_outage", error } : null;
}

/** What a failure that concerns a whole batch means for the job; null: it waits. */
export function batchStop({ kind, message }: LlmError, policy: ErrorPolicy): StopReason | null {
  if (kind === "rate_limited" && actionOf(kind, policy) !== "stop") return null;
  const reason = stopReasonOf(kind, message, { outage: OF_THE_PROVIDER.has(kind), policy });
  return reason ?? { kind: "pause", reason: "batch_refused", error: { kind, message } };
}

export const capReached: StopReason = {
  kind: "pause",
  reason: "spend_cap",
  error: { kind: "spend_cap", message: "The next call could pass the spend cap." },
};

export const killedTooOften = (runs: number): StopReason => ({
  kind: "fail",
  error: { kind: "interrupted", message: `The worker was interrupted ${runs} times in this job.` },
});

/** The job was started with a saved key that was deleted: no other one is used in its place. */
export const keyLost: StopReason = {
  kind: "pause",
  reason: "auth",
  error: {
    kind: "auth",
    message:
      "The saved key of this job was deleted. Save another one for its provider, or enter one, and resume.",
  },
};
