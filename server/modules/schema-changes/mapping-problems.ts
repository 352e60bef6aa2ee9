import type { LabelDefinition } from "@/contracts/label-schema";
import type { MappingRule } from "@/contracts/schema-effects";
import type { FieldError } from "@/server/platform/errors";
import { labelProblem } from "./label-problem";

/** What is wrong with rules that bring labels of one schema to another one's, with the path of each. */
export function mappingProblems(
  rules: readonly MappingRule[],
  { before, after }: { before: readonly LabelDefinition[]; after: readonly LabelDefinition[] },
): FieldError[] {
  const seen = new Set<string>();
  return rules.flatMap((rule, index): FieldError[] => {
    const path = `map.${index}`;
    const key = JSON.stringify([rule.label, rule.from.toSorted()]);
    if (seen.has(key)) return [{ path, message: "stands twice: a value set is mapped once" }];
    seen.add(key);
    const old = before.find(({ name }) => name === rule.label);
    if (!old) return [{ path: `${path}.label`, message: `must be one of: ${names(before)}` }];
    const target = rule.toLabel ?? rule.label;
    const now = after.find(({ name }) => name === target);
    if (!now)
      return [{ path: `${path}.toLabel`, message: `must be a label of the new schema: ${names(after)}` }];
    if (now.level !== old.level)
      return [{ path: `${path}.toLabel`, message: `must be a ${old.level} label, as "${rule.label}" is` }];
    const problem = labelProblem(after, { label: target, level: now.level, value: rule.to });
    if (problem === "single_now") return [{ path: `${path}.to`, message: "must be a single option" }];
    if (problem)
      return [
        { path: `${path}.to`, message: `must be of: ${now.options.map(({ value }) => value).join(", ")}` },
      ];
    return [];
  });
}

const names = (labels: readonly LabelDefinition[]) => labels.map(({ name }) => name).join(", ");
