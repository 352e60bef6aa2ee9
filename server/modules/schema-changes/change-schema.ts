import type { LabelDefinition } from "@/contracts/label-schema";
import { parseLabelSchema } from "@/contracts/label-schema-forms";
import type { ChangedSchema, MappingRule } from "@/contracts/schema-effects";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { findActiveSchema, invalidSchema, putSchema } from "@/server/modules/projects";
import { createSubset } from "@/server/modules/subsets";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { enqueue } from "@/server/platform/queue";
import { affectedQuery } from "./affected-query";
import { findEffects } from "./find-effects";
import { mappingProblems } from "./mapping-problems";

export type ChangeSchemaInput = {
  labelSchema?: unknown;
  label_schema?: unknown;
  map?: readonly MappingRule[] | undefined;
  worklist?: string | undefined;
};

/** Freezing the worklist of a large project takes longer than an ordinary write. */
const CHANGE_TIMEOUT = 120_000;

/**
 * Makes a new version of the label schema the active one and, when asked, begins what follows from it: a
 * worklist of the records whose labels no longer fit, and a mapping of old values to new ones. No label is
 * changed: mapped ones are written beside the old (docs/decisions/0073). All or nothing.
 * @throws AppError `invalid_schema`, `invalid_mapping` with the path of each wrong rule
 */
export async function changeSchema(
  db: Db,
  actor: ProjectActor,
  { labelSchema, label_schema, map, worklist }: ChangeSchemaInput,
): Promise<ChangedSchema> {
  const given = labelSchema ?? label_schema;
  const parsed = parseLabelSchema(given);
  if (!parsed.ok) throw invalidSchema(parsed.problems);
  if (worklist !== undefined) requireScope(actor, "subsets:write");
  return inTransaction(
    db,
    async (tx) => {
      const before = (await findActiveSchema(tx, actor))?.labelSchema ?? [];
      if (map) refuseWrongRules(map, before, parsed.labels);
      const made = worklist ? await makeWorklist(tx, actor, worklist, before, parsed.labels) : null;
      const version = await putSchema(tx, actor, { labelSchema: given });
      const mapping = map ? await beginMapping(tx, actor, version.version, map) : null;
      return { ...version, worklist: made, mapping };
    },
    { timeoutMs: CHANGE_TIMEOUT },
  );
}

function refuseWrongRules(
  rules: readonly MappingRule[],
  before: readonly LabelDefinition[],
  after: readonly LabelDefinition[],
): void {
  const errors = mappingProblems(rules, { before, after });
  if (errors.length > 0)
    throw new AppError(
      "invalid_mapping",
      `${errors[0]?.path} ${errors[0]?.message}. The schema was not saved.`,
      { errors },
    );
}

/** The records to label again; null when every label still fits. */
async function makeWorklist(
  tx: Db,
  actor: ProjectActor,
  name: string,
  before: readonly LabelDefinition[],
  after: readonly LabelDefinition[],
): Promise<ChangedSchema["worklist"]> {
  const { effects } = await findEffects(tx, actor.projectId, { before, after });
  const query = affectedQuery(effects);
  if (!query) return null;
  const { id, count } = await createSubset(tx, actor, { name, kind: "static", query });
  return { id, name, count };
}

async function beginMapping(
  tx: Db,
  { projectId, userId }: ProjectActor,
  version: number,
  rules: readonly MappingRule[],
): Promise<{ id: string }> {
  const id = newId();
  await tx.schemaMapping.create({
    data: { id, projectId, version, rules: [...rules], createdById: userId },
  });
  await enqueue(tx, "map-labels", { projectId, mappingId: id }, { maxAttempts: 5 });
  return { id };
}
