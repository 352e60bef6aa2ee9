import type { LabelDefinition } from "@/contracts/label-schema";
import { optionColor } from "./option-chip";

/** Text and colour of a label's option; one that left the schema shows its value. */
export function optionLook(label: LabelDefinition, value: string): { text: string; color: number } {
  const at = label.options.findIndex((option) => option.value === value);
  const option = label.options[at];
  if (!option) return { text: value, color: optionColor(label.options.length) };
  return { text: option.text, color: option.color === undefined ? optionColor(at) : option.color + 1 };
}
