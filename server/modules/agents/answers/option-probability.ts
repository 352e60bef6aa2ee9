import type { LabelDefinition } from "@/contracts/label-schema";
import type { Range } from "./characters";
import { type SpellingCheck, spellingCheck } from "./spelling";
import {
  type AnswerToken,
  encodeText,
  findAnswer,
  joinBytes,
  type TokenChoice,
  tokenBytes,
} from "./token-text";

type NoConfidenceReason =
  | "no_logprobs"
  /** Log-probabilities of the chosen tokens only: nothing to compare with, and 1 would be a lie. */
  | "no_alternatives"
  | "multi_select"
  /** With one option there is nothing to be sure of. */
  | "single_option"
  /** The tokens, joined, are not the answer. */
  | "tokens_mismatch"
  /** The value's tokens do not spell the option (as with JSON escapes). */
  | "not_spelled"
  /** Neither the answer nor any option has probability above 0. */
  | "no_mass";

/**
 * `conf` is the probability of the chosen option among the label's options. `probabilities`, by option value, sum
 * to 1 and hold `conf`. `mass` is the probability, before renormalising, that the model would name any option.
 */
export type OptionProbability =
  | { conf: number; probabilities: Record<string, number>; mass: number; method: "option-probability" }
  | { conf: null; reason: NoConfidenceReason };

export type OptionProbabilityInput = {
  raw: string;
  /** All tokens of the answer, or null when the provider gives no log-probabilities. */
  tokens: readonly AnswerToken[] | null;
  /** Where the label's own value stands in `raw`, as `parseAnswer` found it. */
  range: Range;
  label: Pick<LabelDefinition, "options" | "multi">;
  /** The option value that was read there. */
  value: string;
};

/**
 * Confidence from the tokens of the label's own value. Walks the chosen tokens, `path` being their probability so
 * far. At each place every alternative gives `path · p(alternative)` to the one option that it begins or names; when
 * it fits several, the amount counts for none of them but stays in the denominator; when it fits none, it is left
 * out. The walk ends as soon as the chosen tokens can only be one option, which receives the rest of the path; an
 * option that begins another's name (`1`, `10`) is only settled by the token after it.
 * conf = p(chosen) / (Σ p(options) + ambiguous). Full double precision.
 */
export function optionProbability(input: OptionProbabilityInput): OptionProbability {
  const { tokens, label } = input;
  if (label.multi) return { conf: null, reason: "multi_select" };
  if (!tokens || tokens.length === 0 || tokens.some((token) => !Number.isFinite(token.logprob)))
    return { conf: null, reason: "no_logprobs" };
  if (label.options.length < 2) return { conf: null, reason: "single_option" };
  const steps = valueSteps(input.raw, tokens, input.range);
  if (!steps) return { conf: null, reason: "tokens_mismatch" };
  const tally = walk(steps, spellingCheck(label.options), input.value);
  if (!tally) return { conf: null, reason: "not_spelled" };
  if (!tally.compared) return { conf: null, reason: "no_alternatives" };
  return renormalise(tally, label, input.value);
}

/**
 * One token of the value: `before` are the value's bytes ahead of it, `after` the same with its own. `lead` are those
 * of its bytes that stand ahead of the value, as the quote in `"pos`.
 */
type Step = {
  token: AnswerToken;
  lead: Uint8Array;
  before: Uint8Array;
  after: Uint8Array;
  insideValue: boolean;
};

function valueSteps(raw: string, tokens: readonly AnswerToken[], range: Range): Step[] | null {
  const bytes = tokens.map(tokenBytes);
  const joined = joinBytes(bytes);
  const answerAt = findAnswer(joined, raw);
  if (answerAt === null) return null;
  const start = answerAt + encodeText(raw.slice(0, range.start)).length;
  const end = start + encodeText(raw.slice(range.start, range.end)).length;
  const steps: Step[] = [];
  let tokenStart = 0;
  for (const [index, token] of tokens.entries()) {
    const tokenEnd = tokenStart + (bytes[index]?.length ?? 0);
    if (tokenEnd > start)
      steps.push({
        token,
        lead: joined.subarray(Math.min(tokenStart, start), start),
        before: joined.subarray(start, Math.max(start, tokenStart)),
        after: joined.subarray(start, tokenEnd),
        insideValue: tokenStart < end,
      });
    // One token beyond the value: it may settle which of two options the value was.
    if (tokenStart >= end) break;
    tokenStart = tokenEnd;
  }
  return steps;
}

type Tally = {
  options: Map<string, number>;
  /** Mass of alternatives that fit several options, with the options they fit. */
  ambiguous: { mass: number; fits: Set<string> }[];
  /** Some place had an alternative to the chosen token. */
  compared: boolean;
};

function walk(steps: Step[], fitsOf: SpellingCheck, chosen: string): Tally | null {
  const tally: Tally = { options: new Map(), ambiguous: [], compared: false };
  let path = 1;
  for (const { token, lead, before, after, insideValue } of steps) {
    const fits = fitsOf(after);
    // What follows the value says nothing about it unless it ends the option's name.
    if (!insideValue && !fits.has(chosen)) break;
    if (!fits.has(chosen)) return null;
    for (const alternative of alternatives(token)) {
      tally.compared = true;
      count(
        tally,
        path * Math.exp(alternative.logprob),
        fitsOf(joinBytes([before, withoutLead(tokenBytes(alternative), lead)])),
      );
    }
    path *= Math.exp(token.logprob);
    if (fits.size === 1) break;
  }
  count(tally, path, new Set([chosen]));
  return tally;
}

/** An alternative that begins as the token does ahead of the value is compared by what comes after. */
function withoutLead(bytes: Uint8Array, lead: Uint8Array): Uint8Array {
  return lead.every((byte, at) => bytes[at] === byte) ? bytes.subarray(lead.length) : bytes;
}

function alternatives(token: AnswerToken): TokenChoice[] {
  const chosen = spellingOf(token);
  return token.top.filter((choice) => spellingOf(choice) !== chosen && !Number.isNaN(choice.logprob));
}

/** Parts of characters may all be written as the same sign: what tells tokens apart is their bytes, where given. */
const spellingOf = ({ token, bytes }: TokenChoice) => (bytes ? bytes.join() : token);

function count(tally: Tally, mass: number, fits: Set<string>): void {
  const [first] = fits;
  if (first === undefined || mass === 0) return;
  if (fits.size > 1) tally.ambiguous.push({ mass, fits });
  else tally.options.set(first, (tally.options.get(first) ?? 0) + mass);
}

/**
 * Ambiguous mass goes in equal parts to the options it fits, but never to the chosen one: so the probabilities
 * sum to 1 while the confidence gains nothing from what the model left open.
 */
function renormalise(
  tally: Tally,
  label: OptionProbabilityInput["label"],
  chosen: string,
): OptionProbability {
  const shares = new Map(tally.options);
  for (const { mass, fits } of tally.ambiguous) {
    const others = [...fits].filter((value) => value !== chosen);
    for (const value of others) shares.set(value, (shares.get(value) ?? 0) + mass / others.length);
  }
  const total = (masses: Iterable<number>) => [...masses].reduce((sum, mass) => sum + mass, 0);
  const mass = total(tally.options.values()) + total(tally.ambiguous.map((item) => item.mass));
  if (mass === 0) return { conf: null, reason: "no_mass" };
  const probabilities = Object.fromEntries(
    label.options.map(({ value }) => [value, (shares.get(value) ?? 0) / mass]),
  );
  return {
    conf: (tally.options.get(chosen) ?? 0) / mass,
    probabilities,
    mass,
    method: "option-probability",
  };
}
