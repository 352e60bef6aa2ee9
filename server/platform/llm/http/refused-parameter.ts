/** Under which names a provider's refusals speak of a parameter of ours; `system` stands for system messages. */
export type ParameterNames = Readonly<Record<string, RegExp>>;

/** A refusal as the provider gave it. */
type Refusal = {
  status: number;
  /** The field that the provider itself names as the culprit, else "". */
  field: string;
  message: string;
};

/** 403: OpenAI answers so when a model gives no log-probabilities. */
const REFUSALS = new Set([400, 403, 422]);

/**
 * The parameter of ours that a refusal is about, or null. The field that the provider names counts first, else the
 * first of our parameters that its message names.
 */
export function refusedParameter(names: ParameterNames, { status, field, message }: Refusal): string | null {
  if (!REFUSALS.has(status)) return null;
  return (field === "" ? null : firstNamed(names, field)) ?? firstNamed(names, message);
}

function firstNamed(names: ParameterNames, text: string): string | null {
  let first: { name: string; at: number; length: number } | null = null;
  for (const [name, pattern] of Object.entries(names)) {
    const found = pattern.exec(text);
    if (!found) continue;
    const { index: at, 0: match } = found;
    // Of two that begin at one place the longer is meant: top_logprobs, not logprobs.
    if (!first || at < first.at || (at === first.at && match.length > first.length))
      first = { name, at, length: match.length };
  }
  return first?.name ?? null;
}
