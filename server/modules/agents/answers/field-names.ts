import type { LabelDefinition } from "@/contracts/label-schema";
import { fieldName } from "../prompt/wording";
import { oncePer } from "./once-per";
import { fold } from "./option-names";

/** What models call the field where one label was asked for. */
const ONLY_FIELD = "Answer";

/**
 * Names under which a field may stand, each with its label: the schema's own spelling before the prompt's, with
 * spaces for underscores and hyphens where no other label is called so, and "Answer" for the one label that was
 * asked for.
 */
export const fieldNames = oncePer((labels: readonly LabelDefinition[]): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  const add = (name: string, label: string) => {
    const taken = [...names].some(([other, owner]) => owner !== label && fold(other) === fold(name));
    if (!taken) names.set(name, label);
  };
  for (const label of labels) names.set(fieldName(label, labels), label.name);
  for (const label of labels) names.set(label.name, label.name);
  for (const label of labels) add(label.name.replace(/[_-]+/gu, " ").trim(), label.name);
  const [only] = labels;
  if (only && labels.length === 1) add(ONLY_FIELD, only.name);
  return names;
});
