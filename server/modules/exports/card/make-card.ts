import { aggregation } from "@/contracts/aggregation";
import type { ExportCard, ExportCardInput } from "@/contracts/export-card";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { getAggregation, listAggregations, requireReady } from "@/server/modules/aggregation";
import { findActiveSchema, getSchema } from "@/server/modules/projects";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { limitsOf } from "./limits";
import { readAgents } from "./read-agents";
import { readRecords, readSamples } from "./read-records";
import { readAgreement, readVerification } from "./read-verification";

/**
 * The facts of a dataset and of how its labels came about, of the project as it is now and of one snapshot of final
 * labels, or of each label's newest.
 * @throws AppError `forbidden`, `no_snapshot` (404), `snapshot_not_ready` (409)
 */
export async function makeCard(
  db: Db,
  actor: ProjectActor,
  { snapshot }: Pick<ExportCardInput, "snapshot">,
): Promise<ExportCard> {
  requireScope(actor, "export:read");
  const { projectId } = actor;
  const finalLabels = await readFinal(db, actor, snapshot);
  const [only] = finalLabels;
  const schema =
    snapshot !== undefined && only
      ? await getSchema(db, actor, { version: only.schemaVersion })
      : await findActiveSchema(db, actor);
  const labels = (schema?.labelSchema ?? []).filter(
    ({ name }) => snapshot === undefined || name === only?.label,
  );
  const project = await db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { slug: true, name: true, createdAt: true },
  });
  const card = {
    madeAt: new Date().toISOString(),
    project: { ...project, createdAt: project.createdAt.toISOString() },
    schema: schema && { version: schema.version, createdAt: schema.createdAt, labels },
    records: await readRecords(db, projectId),
    samples: await readSamples(db, projectId),
    agents: await readAgents(db, actor),
    verification: await readVerification(db, await loadSight(db, actor), labels),
    agreement: await readAgreement(db, actor, await activeOnes(db, actor, labels)),
    finalLabels,
  };
  return { ...card, limits: limitsOf(card) };
}

/** Labels that the active schema still has: only they can be compared. */
async function activeOnes<T extends { name: string }>(
  db: Db,
  actor: ProjectActor,
  labels: T[],
): Promise<T[]> {
  const active = (await findActiveSchema(db, actor))?.labelSchema ?? [];
  return labels.filter(({ name }) => active.some((label) => label.name === name));
}

async function readFinal(
  db: Db,
  actor: ProjectActor,
  snapshot: string | undefined,
): Promise<ExportCard["finalLabels"]> {
  if (snapshot !== undefined) {
    const found = await getAggregation(db, actor, { id: snapshot, limit: 1, show: "all" }).catch(
      (error: unknown) => {
        if (error instanceof AppError && error.code === "not_found")
          throw new AppError("no_snapshot", error.message, { status: 404 });
        throw error;
      },
    );
    requireReady(found);
    return [aggregation.parse(found)];
  }
  const { items } = await listAggregations(db, actor, { limit: 1000 });
  const seen = new Set<string>();
  return items.filter(({ label, status }) => status === "ready" && !seen.has(label) && seen.add(label));
}
