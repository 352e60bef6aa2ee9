import type { PausedReason } from "@/contracts/jobs";
import type { LlmErrorKind } from "@/server/platform/llm";

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

/** What a failure means for the whole job, or null when it concerns its own item. */
export function stopReasonOf(kind: LlmErrorKind, message: string, outage: boolean): StopReason | null {
  const error = { kind, message };
  if (kind === "forbidden_address") return { kind: "fail", error };
  const reason = PAUSES[kind];
  if (reason) return { kind: "pause", reason, error };
  return outage ? { kind: "pause", reason: "provider_outage", error } : null;
}

export const capReached: StopReason = {
  kind: "pause",
  reason: "spend_cap",
  error: { kind: "spend_cap", message: "The next call could pass the spend cap." },
};
