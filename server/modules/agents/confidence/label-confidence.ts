import type { JsonValue } from "@/contracts/common";
import type { ConfidenceMethod } from "@/contracts/confidence";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Range } from "../answers/characters";
import { optionProbability } from "../answers/option-probability";
import type { AnswerToken } from "../answers/token-text";
import { agreement } from "./agreement";
import { readVerbalised } from "./verbalised";

/**
 * The version of each formula. It is kept beside the number, so that a number can be told from one that a later
 * version would give. Raise it with every change that can change a number.
 */
export const CONFIDENCE_FORMULAS: Readonly<Record<ConfidenceMethod, string>> = {
  "option-probability": "option-probability/1",
  verbalised: "verbalised/1",
  "self-consistency": "self-consistency/1",
  agreement: "agreement/1",
};

/** The number beside a label, or why there is none. `details` are kept as the label's metadata. */
export type LabelConfidence =
  | {
      conf: number;
      method: ConfidenceMethod;
      probabilities: Record<string, number> | null;
      details: Record<string, JsonValue>;
    }
  | { conf: null; reason: string };

export type LabelConfidenceInput = {
  method: ConfidenceMethod;
  raw: string;
  tokens: readonly AnswerToken[] | null;
  /** The label, and all labels that the prompt asked for. */
  label: LabelDefinition;
  labels: readonly LabelDefinition[];
  /** What was read, and where it stands in `raw`. */
  value: readonly string[];
  range: Range;
  /** The model that answered, by its own word. */
  model?: string | null | undefined;
  /** For agreement: what the other jobs gave on the record; null where one gave nothing. */
  others?: readonly (readonly string[] | null)[] | undefined;
};

/**
 * The confidence of one label that was read from one answer, by the agent's method. Pure: of what was kept it can be
 * computed again without a call. Self-consistency is of several answers: see `selfConsistency`.
 */
export function labelConfidence(input: LabelConfidenceInput): LabelConfidence {
  const { method, raw, label, labels, value } = input;
  switch (method) {
    case "option-probability":
      return byProbability(input);
    case "verbalised": {
      const stated = readVerbalised(raw, labels)[label.name];
      if (!stated || stated.conf === null) return { conf: null, reason: stated?.reason ?? "not_stated" };
      return counted(input, stated.conf, {});
    }
    case "agreement": {
      const agreed = agreement(value, input.others ?? []);
      return agreed.conf === null ? agreed : counted(input, agreed.conf, { confOthers: agreed.others });
    }
    case "self-consistency":
      return { conf: null, reason: "one_sample" };
  }
}

function byProbability(input: LabelConfidenceInput): LabelConfidence {
  const { raw, tokens, label, value, range } = input;
  const found = optionProbability({ raw, tokens, range, label, value: value[0] ?? "" });
  if (found.conf === null) return found;
  const { conf, mass, probabilities } = found;
  return { ...counted(input, conf, { confMass: mass }), probabilities };
}

function counted(
  { method, model }: Pick<LabelConfidenceInput, "method" | "model">,
  conf: number,
  details: Record<string, JsonValue>,
): Extract<LabelConfidence, { conf: number }> {
  return { conf, method, probabilities: null, details: { ...details, ...confidenceSource(method, model) } };
}

/** What is kept of where a number came from. */
export function confidenceSource(
  method: ConfidenceMethod,
  model: string | null | undefined,
): Record<string, JsonValue> {
  return { confFormula: CONFIDENCE_FORMULAS[method], ...(model ? { confModel: model } : {}) };
}
