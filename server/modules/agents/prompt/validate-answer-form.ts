import type { PromptSettings } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import { FEWEST_SAMPLES, MOST_SAMPLES } from "@/contracts/confidence";
import type { LabelDefinition } from "@/contracts/label-schema";
import { countVariable } from "./placeholders";
import { confidenceField } from "./wording";

/**
 * What is wrong with how a prompt has its answers given: a confidence that can't come about, or spans where only
 * whole records can be. Paths are relative to the prompt settings.
 */
export function answerFormProblems(
  settings: PromptSettings,
  labels: readonly LabelDefinition[],
): FieldProblem[] {
  const { confidence, samples, agreeWith } = settings;
  const spans = labels.filter(({ level }) => level === "span").map(({ name }) => `"${name}"`);
  return [
    ...(samples !== undefined && confidence !== "self-consistency"
      ? [{ path: "samples", message: "is for confidence self-consistency; leave it out otherwise" }]
      : []),
    ...(samples === undefined && confidence === "self-consistency"
      ? [
          {
            path: "samples",
            message: `must say how often each record is asked about: ${FEWEST_SAMPLES} to ${MOST_SAMPLES} times`,
          },
        ]
      : []),
    ...(agreeWith !== undefined && confidence !== "agreement"
      ? [{ path: "agreeWith", message: "is for confidence agreement; leave it out otherwise" }]
      : []),
    ...(agreeWith === undefined && confidence === "agreement"
      ? [{ path: "agreeWith", message: "must name the jobs whose labels are compared" }]
      : []),
    ...(spans.length > 0 && (confidence === "self-consistency" || confidence === "agreement")
      ? [
          {
            path: "confidence",
            message: `${confidence} compares whole records, and ${spans.join(", ")} marks spans`,
          },
        ]
      : []),
    ...unaskedConfidence(settings, labels),
  ];
}

/** The words of a prompt that ask for a stated confidence are those of the format sample, or its field's name. */
function unaskedConfidence(
  { confidence, template, formatInstruction }: PromptSettings,
  labels: readonly LabelDefinition[],
): FieldProblem[] {
  if (confidence !== "verbalised") return [];
  const path = template?.trim() ? "template" : "formatInstruction";
  const text = template?.trim() || formatInstruction?.trim();
  if (!text || countVariable(text, "format_sample") > 0) return [];
  const lost = labels
    .map((label) => confidenceField(label, labels))
    .filter((field) => !text.toLowerCase().includes(field.toLowerCase()));
  return lost.length === 0
    ? []
    : [
        {
          path,
          message: `does not ask for the confidence: it must hold {{format_sample}}, or name ${lost.join(", ")}`,
        },
      ];
}
