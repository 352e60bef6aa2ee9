import type { LabelDefinition } from "@/contracts/label-schema";
import type { LabelProblem } from "@/contracts/schema-effects";

/** What all labels of one kind have in common: enough to say whether a schema allows them. */
export type LabelKind = { label: string; level: "record" | "span"; value: readonly string[] };

/** Why a label is not allowed by a schema; null when it is. The first reason of: name, level, options, number. */
export function labelProblem(
  schema: readonly LabelDefinition[],
  { label, level, value }: LabelKind,
): LabelProblem | null {
  const definition = schema.find(({ name }) => name === label);
  if (!definition) return "label_removed";
  if (definition.level !== level) return "level_changed";
  const known = new Set(definition.options.map((option) => option.value));
  if (value.some((one) => !known.has(one))) return "option_removed";
  if (!definition.multi && new Set(value).size > 1) return "single_now";
  return null;
}

/** Labels of the old schema that the new one may not allow: the only ones worth counting. */
export function suspectLabels(
  before: readonly LabelDefinition[],
  after: readonly LabelDefinition[],
): string[] {
  return before
    .filter((old) => {
      const now = after.find(({ name }) => name === old.name);
      if (!now || now.level !== old.level || (old.multi && !now.multi)) return true;
      const known = new Set(now.options.map((option) => option.value));
      return old.options.some(({ value }) => !known.has(value));
    })
    .map(({ name }) => name);
}
