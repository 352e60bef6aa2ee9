import type { PromptSettings } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import { fixedItems, retrievalOf } from "@/contracts/prompt-examples";
import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { promptedLabels } from "../prompt/build-template";
import { placeProblems } from "../prompt/validate-examples";
import { readVerified } from "./read-verified";

/** Settings with every example's values, and what is wrong with where examples come from. */
type CheckedExamples = { settings: PromptSettings; problems: FieldProblem[] };

/**
 * Completes the examples that are records by what is verified of them, so that a version says what it shows; refuses
 * records, jobs, subsets and vectors that the project does not have. Paths are relative to the prompt settings.
 */
export async function checkExamples(
  db: Db,
  actor: ProjectActor,
  schema: readonly LabelDefinition[],
  settings: PromptSettings,
): Promise<CheckedExamples> {
  const { examples } = settings;
  if (retrievalOf(examples)) return { settings, problems: await retrievalProblems(db, actor, settings) };
  const items = fixedItems(examples) ?? [];
  const recordIds = items.flatMap(({ recordId }) => recordId ?? []);
  if (recordIds.length === 0) return { settings, problems: [] };
  const labels = promptedLabels(schema, settings);
  const texts = await readTexts(db, actor, recordIds);
  const verified = await readVerified(db, actor, labels, { verified: true, recordIds });
  const completed = items.map((item) => {
    const found = verified.find(({ recordId }) => recordId === item.recordId);
    return { ...item, labels: { ...found?.labels, ...item.labels } };
  });
  const problems = items.flatMap((item, index) => {
    if (item.recordId === undefined) return [];
    const path = `examples.items.${index}`;
    const text = texts.get(item.recordId);
    return text === undefined
      ? [{ path: `${path}.recordId`, message: "is no record of this project" }]
      : placeProblems(text, item, path, labels);
  });
  return { settings: { ...settings, examples: { mode: "fixed", items: completed } }, problems };
}

async function readTexts(db: Db, actor: ProjectActor, ids: readonly string[]): Promise<Map<string, string>> {
  const filter = await recordFilter(db, actor, null);
  const rows = await queryRows<{ id: string; content: string }>(
    db,
    sql`select r."id"::text, r."content" from "Record" r where ${filter} and r."id" = any(${ids}::uuid[])`,
  );
  return new Map(rows.map(({ id, content }) => [id, content]));
}

async function retrievalProblems(
  db: Db,
  { projectId }: ProjectActor,
  { examples }: PromptSettings,
): Promise<FieldProblem[]> {
  const retrieval = retrievalOf(examples);
  if (!retrieval) return [];
  const { from, by, vectors } = retrieval;
  const [jobs, subset, space] = await Promise.all([
    db.job.findMany({ where: { projectId, id: { in: from.jobIds ?? [] } }, select: { id: true } }),
    from.subsetId ? db.subset.count({ where: { projectId, id: from.subsetId } }) : 1,
    by === "vector"
      ? db.vectorSpace.count({ where: { projectId, ...(vectors ? { name: vectors } : {}) } })
      : 1,
  ]);
  return [
    ...(from.jobIds ?? []).flatMap((id, index) =>
      jobs.some((job) => job.id === id)
        ? []
        : [{ path: `examples.from.jobIds.${index}`, message: "is no job of this project" }],
    ),
    ...(subset > 0 ? [] : [{ path: "examples.from.subsetId", message: "is no subset of this project" }]),
    ...(space > 0
      ? []
      : [
          vectors
            ? { path: "examples.vectors", message: `no records have vectors named "${vectors}"` }
            : {
                path: "examples.by",
                message: "the records have no vectors yet; compare by text, or make vectors",
              },
        ]),
  ];
}
