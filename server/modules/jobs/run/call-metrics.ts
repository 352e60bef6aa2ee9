import type { LlmErrorKind } from "@/server/platform/llm";
import { counter } from "@/server/platform/metrics";
import type { CallAnswer } from "./call-answer";
import type { JobRun } from "./load-job-run";

const calls = counter({
  name: "tandem_job_calls_total",
  help: "Calls of jobs, by the kind of provider and by what came of them.",
  labels: ["provider", "outcome"],
});
const tokens = counter({
  name: "tandem_job_tokens_total",
  help: "Tokens of the committed answers of jobs, estimated where the provider does not count them.",
  labels: ["provider", "direction"],
});
const cost = counter({
  name: "tandem_job_cost_usd_total",
  help: "What the committed answers of jobs cost by the price frozen at their start; those without a price left out.",
  labels: ["provider"],
});

type Counted = Pick<CallAnswer, "promptTokens" | "completionTokens" | "costMicroUsd">;

/** Counts an answer that was committed. */
export function countAnswer({ provider }: Pick<JobRun, "provider">, answer: Counted): void {
  calls().inc({ provider, outcome: "answered" });
  tokens().inc({ provider, direction: "prompt" }, answer.promptTokens);
  tokens().inc({ provider, direction: "completion" }, answer.completionTokens);
  if (answer.costMicroUsd !== null) cost().inc({ provider }, answer.costMicroUsd / 1_000_000);
}

/** Counts a call that brought no answer. */
export const countFailure = ({ provider }: Pick<JobRun, "provider">, outcome: LlmErrorKind): void =>
  calls().inc({ provider, outcome });
