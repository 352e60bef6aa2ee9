import type { PromptSettings } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { confidenceField, fieldName } from "./prompt/wording";

/** A JSON Schema under a name, as the platform's `answer_schema`. */
export type AnswerSchema = { name: string; schema: Record<string, unknown> };

/**
 * The form of a JSON answer to a prompt: one field a label, its value one of the options' texts, several of them for
 * a multi-select label. Every field is required and no other allowed, as strict providers want it.
 * @param labels that the prompt asks for
 * @returns null where an answer has another form: text, labels of spans, or what somebody wrote by hand
 */
export function answerSchemaOf(
  labels: readonly LabelDefinition[],
  { answer, template, formatInstruction, confidence }: PromptSettings,
): AnswerSchema | null {
  const byHand = [template, formatInstruction].some((text) => text?.trim());
  if (answer !== "json" || byHand || labels.length === 0 || labels.some(({ level }) => level === "span"))
    return null;
  const verbalised = confidence === "verbalised";
  const fields = labels.flatMap((label): [string, Record<string, unknown>][] => [
    [fieldName(label, labels), fieldSchema(label)],
    ...(verbalised
      ? [[confidenceField(label, labels), { type: "number" }] as [string, { type: string }]]
      : []),
  ]);
  return {
    name: "labels",
    schema: {
      type: "object",
      properties: Object.fromEntries(fields),
      required: fields.map(([name]) => name),
      additionalProperties: false,
    },
  };
}

function fieldSchema({ options, multi }: LabelDefinition): Record<string, unknown> {
  const option = { type: "string", enum: [...new Set(options.map(({ text }) => text))] };
  return multi ? { type: "array", items: option } : option;
}
