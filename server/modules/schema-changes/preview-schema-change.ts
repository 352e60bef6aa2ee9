import type { LabelDefinition } from "@/contracts/label-schema";
import { parseLabelSchema } from "@/contracts/label-schema-forms";
import type { SchemaEffects } from "@/contracts/schema-effects";
import type { ProjectActor } from "@/server/modules/access";
import { listAgents } from "@/server/modules/agents";
import { findActiveSchema, invalidSchema } from "@/server/modules/projects";
import { countRecords } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { affectedQuery } from "./affected-query";
import { findEffects } from "./find-effects";

/** Of one project; more are not listed by name. */
const MAX_AGENTS = 100;

/**
 * What making a schema the active one would do: which labels of whom would no longer fit, on how many records,
 * and which agents ask for a label that would be gone. Nothing is written.
 * @throws AppError `invalid_schema` with one problem for each wrong field
 */
export async function previewSchemaChange(
  db: Db,
  actor: ProjectActor,
  { labelSchema }: { labelSchema?: unknown },
): Promise<SchemaEffects> {
  const parsed = parseLabelSchema(labelSchema);
  if (!parsed.ok) throw invalidSchema(parsed.problems);
  const active = await findActiveSchema(db, actor);
  const before = active?.labelSchema ?? [];
  const { effects, truncated } = await findEffects(db, actor.projectId, { before, after: parsed.labels });
  const affected = affectedQuery(effects);
  return {
    labelSchema: parsed.labels,
    effects,
    truncated,
    records: affected ? await countRecords(db, actor, affected) : 0,
    agents: await agentsWithout(db, actor, before, parsed.labels),
  };
}

async function agentsWithout(
  db: Db,
  actor: ProjectActor,
  before: readonly LabelDefinition[],
  after: readonly LabelDefinition[],
): Promise<SchemaEffects["agents"]> {
  const kept = new Set(after.map(({ name }) => name));
  const gone = new Set(before.map(({ name }) => name).filter((name) => !kept.has(name)));
  if (gone.size === 0) return [];
  const { items } = await listAgents(db, actor, { limit: MAX_AGENTS });
  return items.flatMap(({ id, name, prompt }) => {
    const labels = prompt.labels.filter((label) => gone.has(label));
    return labels.length > 0 ? [{ id, name, labels }] : [];
  });
}
