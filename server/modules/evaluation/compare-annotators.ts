import type { z } from "zod";
import type { CompareResult, compareInput } from "@/contracts/compare";
import type { Query } from "@/contracts/query";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { requireRecordLabel } from "@/server/modules/projects";
import { parseQuery, recordFilter } from "@/server/modules/search";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { type FieldError, refuseFields } from "@/server/platform/errors";
import { annotatorProblems } from "./annotator-problems";
import { countExamples } from "./count-examples";
import { countLabels } from "./count-labels";
import type { GoldSource } from "./gold-relation";
import { readAnnotatorNames } from "./labeller-repository";
import { metadataProblems } from "./metadata-problems";
import { scoreComparison } from "./statistics/compare";

type CompareAnnotatorsInput = Omit<z.infer<typeof compareInput>, "project">;

/**
 * Accuracy of jobs and people against gold, and of each pair against each other, over the records of a subset and query
 * (default: all), as far as the actor may see them. Without gold only agreement is told. For the team alone: gold and others' labels are hidden from
 * annotators.
 * @throws AppError `invalid` with the path of a label, annotator or gold that is not there; `invalid_query`
 */
export async function compareAnnotators(
  db: Db,
  actor: ProjectActor,
  { label, annotators, gold, subsetId, query }: CompareAnnotatorsInput,
): Promise<CompareResult> {
  requireScope(actor, "compare:read");
  const { definition } = await requireRecordLabel(db, actor, label);
  const filter = await recordFilter(db, actor, narrow(subsetId, parseQuery(query)));
  const named = gold && "annotator" in gold ? [...annotators, gold.annotator] : annotators;
  const names = await readAnnotatorNames(db, actor.projectId, named);
  refuseFields("Nothing can be compared", [
    ...annotatorProblems(annotators, names),
    ...(gold ? await goldProblems(db, actor.projectId, { gold, label, names }) : []),
  ]);

  const { projectId } = actor;
  const sight = await loadSight(db, actor);
  const counts = await countLabels(db, { sight, label: definition, annotators, gold, filter });
  const examples = await countExamples(db, { projectId, annotators, filter });
  const scores = scoreComparison(counts);
  return {
    label,
    options: [...counts.options],
    goldInvalid: counts.goldInvalid,
    annotators: scores.annotators.map((score) => ({
      ...score,
      name: names.get(score.id) ?? "",
      examples: examples.get(score.id) ?? 0,
    })),
    pairs: scores.pairs,
  };
}

function narrow(subsetId: string | undefined, query: Query | null): Query | null {
  if (subsetId === undefined) return query;
  return query ? { and: [{ subset: subsetId }, query] } : { subset: subsetId };
}

async function goldProblems(
  db: Db,
  projectId: string,
  { gold, label, names }: { gold: GoldSource; label: string; names: ReadonlyMap<string, string> },
): Promise<FieldError[]> {
  if ("annotator" in gold)
    return names.has(gold.annotator)
      ? []
      : [{ path: "gold.annotator", message: "is no job, person or import of this project" }];
  if ("metadata" in gold)
    return metadataProblems(db, projectId, { name: gold.metadata, path: "gold.metadata" });
  if ("final" in gold) {
    const found = await db.aggregation.findFirst({
      where: { projectId, id: gold.final },
      select: { labelName: true, status: true },
    });
    if (!found) return [{ path: "gold.final", message: "is no snapshot of final labels of this project" }];
    if (found.status !== "ready")
      return [{ path: "gold.final", message: "is a snapshot that is not ready: it has no final labels" }];
    return found.labelName === label
      ? []
      : [{ path: "gold.final", message: `is a snapshot of label "${found.labelName}", not "${label}"` }];
  }
  return [];
}
