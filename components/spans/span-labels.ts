import { optionLooks } from "@/components/labelling/label-options";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { SpanLabel } from "./types";

/** The labels of spans among those of a schema, as they are drawn and marked with. */
export const spanLabelsOf = (labels: readonly LabelDefinition[]): SpanLabel[] =>
  labels
    .filter(({ level }) => level === "span")
    .map((label) => ({ name: label.name, multi: label.multi === true, options: optionLooks(label) }));
