import type { Query } from "@/contracts/query";
import type { SchemaEffect } from "@/contracts/schema-effects";

/** Conditions left free for whoever narrows the search further (a query has at most 200). */
const MAX_CONDITIONS = 150;

/**
 * The records that hold at least one label of these kinds. With more kinds than a query can name, a label is
 * asked for whole: the worklist is then rather too long than too short.
 */
export function affectedQuery(
  effects: readonly Pick<SchemaEffect, "label" | "value" | "problem">[],
): Query | null {
  const whole = new Set(
    effects.flatMap(({ label, problem }) =>
      effects.length > MAX_CONDITIONS || problem === "label_removed" || problem === "level_changed"
        ? [label]
        : [],
    ),
  );
  const parts: Query[] = [
    ...[...whole].map((name): Query => ({ label: { name, op: "exists" } })),
    ...effects.flatMap(({ label, value }): Query[] =>
      whole.has(label) ? [] : [{ label: { name: label, op: "==", value: [...value] } }],
    ),
  ];
  if (parts.length === 0) return null;
  return { or: parts };
}
