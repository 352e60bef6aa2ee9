import type { z } from "zod";
import type { createAggregationInput } from "@/contracts/aggregation";
import type { ProjectActor } from "@/server/modules/access";
import { annotatorProblems, readAnnotatorNames } from "@/server/modules/evaluation";
import { type FoundLabel, requireLabel } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

export type AggregationInput = Omit<z.infer<typeof createAggregationInput>, "project">;

/**
 * Checks what an aggregation names.
 * @returns the label in the active schema, and that schema's version
 * @throws AppError `invalid` with the path of a label or annotator that is not there
 */
export async function checkAggregation(
  db: Db,
  actor: ProjectActor,
  { label, annotators }: AggregationInput,
): Promise<FoundLabel> {
  const found = await requireLabel(db, actor, label);
  if (annotators) {
    const errors = annotatorProblems(annotators, await readAnnotatorNames(db, actor.projectId, annotators));
    const detail = errors.map(({ path, message }) => `${path} ${message}`).join("; ");
    if (errors.length > 0)
      throw new AppError("invalid", `Final labels can't be made: ${detail}.`, { errors });
  }
  return found;
}
