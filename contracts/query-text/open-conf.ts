import type { Query } from "../query";
import type { QueryNames } from "./names";
import { WrongText } from "./problem";
import type { Token } from "./scanner";

type Owner = { label: string; annotators: readonly string[] | undefined };

/**
 * Says of which label a bare `conf` is: of the one that the conditions beside it name, with the same
 * annotators, or else of the only one there is.
 * @param open confidences without a label; those found here are changed and taken out
 */
export function nameOpenConf(parts: readonly Query[], open: Map<Query, Token>, names: QueryNames): void {
  const owners = parts.flatMap((part) => (open.has(part) ? [] : (ownerOf(part) ?? [])));
  for (const part of parts) {
    const place = open.get(part);
    if (!place || !("labelMetadata" in part)) continue;
    const conf = part.labelMetadata;
    const named = new Set(owners.length > 0 ? owners.map(({ label }) => label) : names.labels);
    const [label, ...others] = named;
    if (label === undefined || others.length > 0)
      throw new WrongText(
        place.at,
        place.text.length,
        `Say of which label the confidence is: label:${label ?? "name"}.conf.`,
      );
    conf.label = label;
    const by = owners.map(({ annotators }) => annotators);
    const same = new Set(by.map((one) => JSON.stringify(one ?? [])));
    if (conf.annotators === undefined && same.size === 1 && by[0] && by[0].length > 0)
      conf.annotators = [...by[0]];
    open.delete(part);
  }
}

function ownerOf(part: Query): Owner | null {
  if ("label" in part) return { label: part.label.name, annotators: part.label.annotators };
  if ("labelMetadata" in part)
    return { label: part.labelMetadata.label, annotators: part.labelMetadata.annotators };
  if ("verification" in part) return { label: part.verification.label, annotators: part.verification.jobIds };
  return null;
}
