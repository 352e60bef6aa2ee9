import type { LabelDefinition } from "@/contracts/label-schema";
import type { LabelProblem, SchemaEffect } from "@/contracts/schema-effects";
import { byCodePoint } from "@/server/platform/code-point-order";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { type LabelKind, labelProblem, suspectLabels } from "./label-problem";

/** Value sets of annotators looked at; a label of many options that are chosen freely may have more. */
const MAX_KINDS = 20_000;
const MAX_EFFECTS = 500;

type KindRow = LabelKind & {
  annotatorId: string;
  kind: "user" | "job" | "imported";
  name: string;
  labels: number;
};

/**
 * The labels that the schema in force allows and another one would not, by label and value set, most first.
 * @returns `truncated` when there are more kinds of them than are told
 */
export async function findEffects(
  db: Db,
  projectId: string,
  { before, after }: { before: readonly LabelDefinition[]; after: readonly LabelDefinition[] },
): Promise<{ effects: SchemaEffect[]; truncated: boolean }> {
  const suspects = suspectLabels(before, after);
  if (suspects.length === 0) return { effects: [], truncated: false };
  const rows = await queryRows<KindRow>(
    db,
    sql`select k.*, n."kind", n."name" from (
        select a."labelName" as "label", a."level", a."value", a."annotatorId", count(*)::int as "labels"
        from "Annotation" a
        join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and r."deletedAt" is null
        where a."projectId" = ${projectId}::uuid and a."labelName" = any(${suspects}::text[])
        group by 1, 2, 3, 4
        order by 5 desc
        limit ${MAX_KINDS + 1}) k
      join "Annotator" n on n."projectId" = ${projectId}::uuid and n."id" = k."annotatorId"
      order by k."labels" desc, k."annotatorId"`,
  );
  const broken = rows.slice(0, MAX_KINDS).flatMap((row) => {
    const problem = labelProblem(before, row) === null ? labelProblem(after, row) : null;
    return problem ? [{ ...row, problem }] : [];
  });
  const effects = [...groupByKind(broken).values()];
  effects.sort((a, b) => b.labels - a.labels || byCodePoint(a.label, b.label));
  return {
    effects: effects.slice(0, MAX_EFFECTS),
    truncated: rows.length > MAX_KINDS || effects.length > MAX_EFFECTS,
  };
}

/** One effect for each label, level and value set, with everybody who gave it. Rows come most first. */
function groupByKind(rows: readonly (KindRow & { problem: LabelProblem })[]): Map<string, SchemaEffect> {
  const effects = new Map<string, SchemaEffect>();
  for (const { label, level, value, problem, labels, annotatorId, kind, name } of rows) {
    const key = JSON.stringify([label, level, value]);
    const effect = effects.get(key) ?? {
      label,
      level,
      value: [...value],
      problem,
      labels: 0,
      annotators: [],
    };
    effect.labels += labels;
    effect.annotators.push({ id: annotatorId, kind, name, labels });
    effects.set(key, effect);
  }
  return effects;
}
