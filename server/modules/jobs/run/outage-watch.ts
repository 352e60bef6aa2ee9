import type { LlmErrorKind } from "@/server/platform/llm";
import type { Pace } from "./back-off";

/** Tells an outage of the provider from single failures. */
export type OutageWatch = {
  answered(): void;
  /** Notes a call without an answer; true when it makes an outage. */
  failed(kind: LlmErrorKind, atMs: number): boolean;
};

/** Failures that say something about the provider and not about the one request. */
export const OF_THE_PROVIDER: ReadonlySet<LlmErrorKind> = new Set([
  "provider_error",
  "timeout",
  "connection",
  "rate_limited",
]);

/**
 * An outage is: every call failed, for so many calls or so long. Being asked to slow down counts by time only,
 * since a provider that is used to its limit refuses many calls in a row.
 */
export function createOutageWatch({
  outageCalls,
  outageMs,
}: Pick<Pace, "outageCalls" | "outageMs">): OutageWatch {
  let failures = 0;
  let since: number | null = null;
  return {
    answered() {
      failures = 0;
      since = null;
    },
    failed(kind, atMs) {
      if (!OF_THE_PROVIDER.has(kind)) return false;
      since ??= atMs;
      if (kind !== "rate_limited") failures += 1;
      return failures >= outageCalls || atMs - since >= outageMs;
    },
  };
}
