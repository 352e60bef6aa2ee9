import type { LabelDefinition } from "@/contracts/label-schema";
import { confidenceField, fieldName } from "./prompt/wording";

/** A JSON Schema under a name, as the platform's `answer_schema`. */
export type AnswerSchema = { name: string; schema: Record<string, unknown> };

/**
 * The form of a JSON answer to a prompt: one field a label, its value one of the options' texts, several of them for
 * a multi-select label. Every field is required and no other allowed, as strict providers want it.
 * @param verbalised the model is to say how sure it is of each label
 * @returns null where an answer has another form: labels of spans
 */
export function answerSchemaOf(
  labels: readonly LabelDefinition[],
  { verbalised = false }: { verbalised?: boolean } = {},
): AnswerSchema | null {
  if (labels.length === 0 || labels.some(({ level }) => level === "span")) return null;
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
