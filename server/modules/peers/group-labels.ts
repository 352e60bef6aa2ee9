import type { LabelDefinition } from "@/contracts/label-schema";
import { AppError } from "@/server/platform/errors";
import type { PeerLabel, WrittenLabel } from "./peer-item";

type Annotator = WrittenLabel["annotator"];

/** A record's labels by who put them, in the order in which they come. */
export function byAnnotator(
  labels: readonly WrittenLabel[],
): { annotator: Annotator; labels: WrittenLabel[] }[] {
  const groups = new Map<string, { annotator: Annotator; labels: WrittenLabel[] }>();
  for (const label of labels) {
    const key = label.annotator?.id ?? "";
    const group = groups.get(key);
    if (group) group.labels.push(label);
    else groups.set(key, { annotator: label.annotator, labels: [label] });
  }
  return [...groups.values()];
}

/**
 * Puts labels of one name on one place together: a format whose spans hold one option each repeats the span for
 * the next option.
 */
export function mergeSpans(labels: readonly PeerLabel[]): PeerLabel[] {
  const merged = new Map<string, PeerLabel>();
  for (const label of labels) {
    const key = JSON.stringify([
      label.annotator,
      label.annotatorId,
      label.label,
      label.level,
      label.start,
      label.end,
    ]);
    const known = merged.get(key);
    if (known) known.value = [...new Set([...known.value, ...label.value])];
    else merged.set(key, { ...label, value: [...label.value] });
  }
  return [...merged.values()];
}

/**
 * The one label of a level that a format without names of labels can hold.
 * @throws AppError `format_holds_less` when there are several
 */
export function onlyLabel(
  labels: readonly LabelDefinition[],
  level: LabelDefinition["level"],
  tool: string,
): LabelDefinition | undefined {
  const ofLevel = labels.filter((label) => label.level === level);
  if (ofLevel.length <= 1) return ofLevel[0];
  const names = ofLevel.map(({ name }) => name).join(", ");
  const message = `A ${tool} file holds one ${level} label, and these are asked for: ${names}. Choose one with label=.`;
  throw new AppError("format_holds_less", message, { errors: [{ path: "label", message }] });
}
