import type { z } from "zod";
import { type ModelConfig, modelConfig } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";

export type ModelConfigResult = { ok: true; config: ModelConfig } | { ok: false; problems: FieldProblem[] };

/** Set by the prompt and the job; in `extra` they would silently replace what the preview showed. */
const RESERVED = new Set([
  ...Object.keys(modelConfig.shape),
  "messages",
  "stream",
  "n",
  "best_of",
  "logprobs",
  "top_logprobs",
  "tools",
]);
const LONGEST_EXTRA = 20_000;

/**
 * Checks a model configuration and lists all problems at once. Only `model` is mandatory. A parameter that is
 * not known is refused, so that a typing error is not taken for a setting; unknown ones may stand under `extra`.
 */
export function validateModelConfig(input: unknown): ModelConfigResult {
  const parsed = modelConfig.safeParse(input);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.flatMap(issueProblems) };
  const problems = extraProblems(parsed.data.extra ?? {});
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: parsed.data };
}

function issueProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: [path, key].filter((part) => part !== "").join("."),
    message: path === "" ? `unknown parameter; put it under "extra" to send it as it is` : "unknown field",
  }));
}

function extraProblems(extra: Record<string, unknown>): FieldProblem[] {
  if (JSON.stringify(extra).length > LONGEST_EXTRA)
    return [{ path: "extra", message: `must be at most ${LONGEST_EXTRA} characters of JSON` }];
  return Object.keys(extra)
    .filter((key) => RESERVED.has(key))
    .map((key) => ({ path: `extra.${key}`, message: `"${key}" is set by Tandem or has its own field` }));
}
