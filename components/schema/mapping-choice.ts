import type { LabelDefinition } from "@/contracts/label-schema";
import type { MappingRule, SchemaEffect } from "@/contracts/schema-effects";

/** What the labels of one effect can be mapped to. */
export type MappingTarget = { key: string; text: string; toLabel: string; to: string[] };

/** More choices than this want a search; the schema's first options are then the ones offered. */
const MAX_TARGETS = 100;

/**
 * What the labels of an effect may become under the new schema: the values that are left of the set, then each
 * option of the same label; each option of every label of its level when the label itself is gone.
 */
export function mappingTargets(effect: SchemaEffect, after: readonly LabelDefinition[]): MappingTarget[] {
  const same = after.find(({ name, level }) => name === effect.label && level === effect.level);
  const labels = same ? [same] : after.filter(({ level }) => level === effect.level);
  const left = same?.options.filter(({ value }) => effect.value.includes(value)) ?? [];
  const kept =
    same?.multi && left.length > 1
      ? [
          target(
            same.name,
            left.map(({ value }) => value),
            left.map(({ text }) => text).join(" + "),
          ),
        ]
      : [];
  const single = labels.flatMap(({ name, options }) =>
    options.map(({ value, text }) => target(name, [value], same ? text : `${name}: ${text}`)),
  );
  return [...kept, ...single].slice(0, MAX_TARGETS);
}

const target = (toLabel: string, to: string[], text: string): MappingTarget => ({
  key: JSON.stringify([toLabel, to]),
  text,
  toLabel,
  to,
});

export const effectKey = ({ label, level, value }: Pick<SchemaEffect, "label" | "level" | "value">): string =>
  JSON.stringify([label, level, value]);

/** The rules that people chose, by effect; those left alone make none. */
export function rulesOf(
  effects: readonly SchemaEffect[],
  after: readonly LabelDefinition[],
  chosen: ReadonlyMap<string, string>,
): MappingRule[] {
  return effects.flatMap((effect) => {
    const wanted = chosen.get(effectKey(effect));
    const found = mappingTargets(effect, after).find(({ key }) => key === wanted);
    if (!found) return [];
    const { toLabel, to } = found;
    return [
      { label: effect.label, from: effect.value, to, ...(toLabel === effect.label ? {} : { toLabel }) },
    ];
  });
}
