import type { z } from "zod";
import type { AggregationPolicy, createAggregationInput } from "@/contracts/aggregation";
import type { ProjectActor } from "@/server/modules/access";
import { annotatorProblems, readAnnotatorNames } from "@/server/modules/evaluation";
import { type FoundLabel, requireLabel } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import { type FieldError, refuseFields } from "@/server/platform/errors";
import { isEstimating } from "./estimate";

export type AggregationInput = Omit<z.infer<typeof createAggregationInput>, "project">;

/** What is asked for, in the label as the active schema has it. */
export type CheckedAggregation = FoundLabel & {
  /** Whose labels are counted; null: everybody's. */
  annotators: string[] | null;
  weights: Record<string, number> | null;
  smoothing: number | null;
};

/**
 * Checks what an aggregation names.
 * @throws AppError `invalid` with the path of a label, annotator or weight that is not there, or of a policy that can't
 * be applied to the label
 */
export async function checkAggregation(
  db: Db,
  actor: ProjectActor,
  input: AggregationInput,
): Promise<CheckedAggregation> {
  const { label, policy } = input;
  const { annotators, weights, smoothing } = { annotators: null, weights: null, smoothing: null, ...input };
  const found = await requireLabel(db, actor, label);
  const errors: FieldError[] = [];
  if (isEstimating(policy) && found.definition.level === "span")
    errors.push({ path: "policy", message: `settles labels of records; "${label}" is one of spans` });
  if (smoothing !== null && policy !== "dawid-skene")
    errors.push({ path: "smoothing", message: "is for the policy dawid-skene alone" });
  errors.push(...weightProblems(policy, annotators, weights));
  const named = [...new Set([...(annotators ?? []), ...Object.keys(weights ?? {})])];
  const names = await readAnnotatorNames(db, actor.projectId, named);
  errors.push(...annotatorProblems(annotators ?? [], names), ...unknownWeights(weights, names));
  refuseFields("Final labels can't be made", errors);
  return { ...found, annotators: annotators ?? (weights ? Object.keys(weights) : null), weights, smoothing };
}

/** Weights there are under `weighted`, where exactly those who are counted have one, and nowhere else. */
function weightProblems(
  policy: AggregationPolicy,
  annotators: readonly string[] | null,
  weights: Record<string, number> | null,
): FieldError[] {
  if (policy !== "weighted")
    return weights ? [{ path: "weights", message: "are for the policy weighted alone" }] : [];
  if (!weights || Object.keys(weights).length === 0)
    return [{ path: "weights", message: "are missing: give each annotator who is counted a number above 0" }];
  if (Object.keys(weights).length > MAX_WEIGHTS)
    return [{ path: "weights", message: `are more than ${MAX_WEIGHTS}` }];
  if (!annotators) return [];
  const counted = new Set(annotators);
  return [
    ...annotators
      .filter((id) => !(id in weights))
      .map((id) => ({ path: `weights.${id}`, message: "is missing: who is counted needs a number above 0" })),
    ...Object.keys(weights)
      .filter((id) => !counted.has(id))
      .map((id) => ({ path: `weights.${id}`, message: "is of nobody among annotators" })),
  ];
}

const unknownWeights = (
  weights: Record<string, number> | null,
  names: ReadonlyMap<string, string>,
): FieldError[] =>
  Object.keys(weights ?? {})
    .filter((id) => !names.has(id))
    .map((id) => ({ path: `weights.${id}`, message: "is no job, person or import of this project" }));

/** As many as annotators can be named. */
const MAX_WEIGHTS = 1000;
