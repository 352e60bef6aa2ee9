import type { Problem } from "./label-definition";

export const REASONING_EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh"] as const;

/** US dollars per million tokens. */
export type ModelPrice = { inputPerMillion: number; outputPerMillion: number };

/** How a model is called. Names are those of the providers' own parameters. */
export type ModelConfig = {
  model: string;
  temperature?: number | undefined;
  top_p?: number | undefined;
  max_tokens?: number | undefined;
  seed?: number | undefined;
  presence_penalty?: number | undefined;
  frequency_penalty?: number | undefined;
  stop?: string | string[] | undefined;
  reasoning_effort?: (typeof REASONING_EFFORTS)[number] | undefined;
  price?: ModelPrice | undefined;
  /** Sent as they are: parameters that Tandem does not know. */
  extra?: Record<string, unknown> | undefined;
};

export type ModelConfigResult = { ok: true; config: ModelConfig } | { ok: false; problems: Problem[] };

/** Says what is wrong with a value, or null. */
type Rule = (value: unknown) => string | null;

const RULES: Record<Exclude<keyof ModelConfig, "price" | "extra">, Rule> = {
  model: (value) =>
    typeof value === "string" && value.trim() !== "" && value.length <= 200 ? null : "must be a model's name",
  temperature: numberBetween(0, 2),
  top_p: numberBetween(0, 1),
  max_tokens: (value) => (isInteger(value) && value >= 1 ? null : "must be an integer of at least 1"),
  seed: (value) => (isInteger(value) ? null : "must be an integer"),
  presence_penalty: numberBetween(-2, 2),
  frequency_penalty: numberBetween(-2, 2),
  stop: (value) => (isStop(value) ? null : "must be a non-empty string, or 1 to 4 of them"),
  reasoning_effort: (value) =>
    REASONING_EFFORTS.some((effort) => effort === value)
      ? null
      : `must be one of ${REASONING_EFFORTS.join(", ")}`,
};

/** Set by the prompt and the job; in `extra` they would silently replace what the preview showed. */
const RESERVED = new Set([
  ...Object.keys(RULES),
  "price",
  "messages",
  "stream",
  "n",
  "logprobs",
  "top_logprobs",
]);

/**
 * Checks a model configuration and lists all problems at once. Only `model` is mandatory. A parameter that is
 * not known is refused, so that a typing error is not taken for a setting; unknown ones may stand under `extra`.
 */
export function validateModelConfig(input: unknown): ModelConfigResult {
  if (!isObject(input)) return { ok: false, problems: [{ path: "", message: "must be an object" }] };
  const problems = [
    ...(input.model === undefined ? [{ path: "model", message: "is required" }] : []),
    ...Object.entries(input).flatMap(([path, value]) => parameterProblems(path, value)),
  ];
  return isModelConfig(input, problems) ? { ok: true, config: input } : { ok: false, problems };
}

function isModelConfig(input: object, problems: Problem[]): input is ModelConfig {
  return "model" in input && problems.length === 0;
}

function parameterProblems(path: string, value: unknown): Problem[] {
  if (value === undefined) return [];
  if (path === "price") return priceProblems(value);
  if (path === "extra") return extraProblems(value);
  const rule = isRuled(path) ? RULES[path] : null;
  const message = rule ? rule(value) : `unknown parameter; put it under "extra" to send it as it is`;
  return message ? [{ path, message }] : [];
}

const isRuled = (path: string): path is keyof typeof RULES => Object.hasOwn(RULES, path);

function priceProblems(value: unknown): Problem[] {
  if (!isObject(value)) return [{ path: "price", message: "must be {inputPerMillion, outputPerMillion}" }];
  const fields = ["inputPerMillion", "outputPerMillion"];
  const unknown = Object.keys(value).filter((key) => !fields.includes(key));
  return [
    ...fields.flatMap((field) => {
      const price = value[field];
      const good = typeof price === "number" && Number.isFinite(price) && price >= 0;
      return good ? [] : [{ path: `price.${field}`, message: "must be a number of US dollars, at least 0" }];
    }),
    ...unknown.map((key) => ({ path: `price.${key}`, message: "unknown field" })),
  ];
}

function extraProblems(value: unknown): Problem[] {
  if (!isObject(value)) return [{ path: "extra", message: "must be an object" }];
  return Object.keys(value)
    .filter((key) => RESERVED.has(key))
    .map((key) => ({ path: `extra.${key}`, message: `"${key}" is set by Tandem or has its own field` }));
}

function numberBetween(low: number, high: number): Rule {
  return (value) =>
    typeof value === "number" && value >= low && value <= high
      ? null
      : `must be a number from ${low} to ${high}`;
}

function isStop(value: unknown): boolean {
  const stops: unknown[] = Array.isArray(value) ? value : [value];
  return (
    stops.length >= 1 && stops.length <= 4 && stops.every((stop) => typeof stop === "string" && stop !== "")
  );
}

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
