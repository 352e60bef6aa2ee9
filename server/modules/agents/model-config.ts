import type { z } from "zod";
import { type ModelConfig, modelConfig } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import { type ModelParameter, type Provider, providers } from "@/contracts/providers";

export type ModelConfigResult = { ok: true; config: ModelConfig } | { ok: false; problems: FieldProblem[] };

/** Set by the prompt and the job; in `extra` they would silently replace what the preview showed. */
const RESERVED = new Set([
  // Servers had it under `extra` before it had a field.
  ...Object.keys(modelConfig.shape).filter((name) => name !== "top_k"),
  "messages",
  "stream",
  "n",
  "best_of",
  "logprobs",
  "top_logprobs",
  "tools",
  "answer_schema",
  "system",
  "prompt",
  "input",
  "instructions",
  "contents",
  "systemInstruction",
]);
const LONGEST_EXTRA = 20_000;

/**
 * Checks a model configuration and lists all problems at once. Only `model` is mandatory. A parameter that is
 * not known is refused, so that a typing error is not taken for a setting; unknown ones may stand under `extra`.
 */
export function validateModelConfig(input: unknown, provider: Provider = "openai:chat"): ModelConfigResult {
  const parsed = modelConfig.safeParse(input);
  const problems = [
    ...(parsed.success ? extraProblems(parsed.data) : parsed.error.issues.flatMap(issueProblems)),
    ...providerProblems(input, provider),
  ];
  return parsed.success && problems.length === 0
    ? { ok: true, config: parsed.data }
    : { ok: false, problems };
}

/** What the provider's API has no word for, and ranges that are narrower there. */
function providerProblems(input: unknown, provider: Provider): FieldProblem[] {
  const given = new Map<string, unknown>(Object.entries(Object(input)));
  const { title, lacks, mostTemperature } = providers[provider];
  const lacking = lacks
    .filter((name: ModelParameter) => given.get(name) !== undefined)
    .map((path) => ({ path, message: `${title} has no such parameter; leave it out` }));
  const temperature = given.get("temperature");
  const tooWarm = typeof temperature === "number" && temperature > mostTemperature && temperature <= 2;
  const limits = given.get("max_tokens") !== undefined && given.get("max_completion_tokens") !== undefined;
  return [
    ...lacking,
    ...(tooWarm
      ? [{ path: "temperature", message: `must be a number from 0 to ${mostTemperature} for ${title}` }]
      : []),
    ...(limits ? [{ path: "max_completion_tokens", message: "is max_tokens by another name; set one" }] : []),
  ];
}

function issueProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: [path, key].filter((part) => part !== "").join("."),
    message: path === "" ? `unknown parameter; put it under "extra" to send it as it is` : "unknown field",
  }));
}

function extraProblems({ extra = {} }: ModelConfig): FieldProblem[] {
  if (JSON.stringify(extra).length > LONGEST_EXTRA)
    return [{ path: "extra", message: `must be at most ${LONGEST_EXTRA} characters of JSON` }];
  return Object.keys(extra)
    .filter((key) => RESERVED.has(key))
    .map((key) => ({ path: `extra.${key}`, message: `"${key}" is set by Tandem or has its own field` }));
}
