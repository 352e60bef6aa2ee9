import { mappingRules } from "@/contracts/schema-effects";
import { actingMember } from "@/server/modules/access";
import { copyLabels } from "@/server/modules/annotations";
import { getSchemaLabels } from "@/server/modules/projects";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError, isAppError } from "@/server/platform/errors";

/** One rule may copy a million labels. */
const RULE_TIMEOUT = 600_000;

/**
 * Carries a mapping out, rule by rule, each in a transaction of its own. Done again after a kill it goes on:
 * what was copied is not copied twice. It ends as failed when whoever began it may no longer change the schema. A
 * mapping that was undone, or is done, stays as it is.
 */
export async function mapLabels(
  db: Db,
  { projectId, mappingId, signal }: { projectId: string; mappingId: string; signal: AbortSignal },
): Promise<void> {
  const where = { projectId_id: { projectId, id: mappingId } };
  const mapping = await db.schemaMapping.findUnique({ where });
  if (!mapping || mapping.status === "succeeded" || mapping.status === "failed") return;
  await db.schemaMapping.update({ where, data: { status: "running" } });
  const labels = await getSchemaLabels(db, projectId, mapping.version);
  for (const rule of mappingRules.parse(mapping.rules)) {
    signal.throwIfAborted();
    if (!(await mayGoOn(db, mapping))) return failMapping(db, { projectId, mappingId });
    const label = rule.toLabel ?? rule.label;
    const target = labels.find(({ name }) => name === label);
    if (!target) throw new AppError("internal", "The mapping names a label that its schema lacks.");
    await inTransaction(
      db,
      async (tx) => {
        const copied = await copyLabels(tx, {
          projectId,
          copyId: mappingId,
          suffix: ` (mapped to version ${mapping.version})`,
          schemaVersion: mapping.version,
          from: { label: rule.label, value: rule.from },
          to: { label, level: target.level, value: rule.to },
        });
        await tx.schemaMapping.update({ where, data: { mapped: { increment: copied } } });
      },
      { timeoutMs: RULE_TIMEOUT },
    );
  }
  await db.schemaMapping.update({ where, data: { status: "succeeded", finishedAt: new Date() } });
}

/** Whether the person who began a mapping is still one who may. */
const mayGoOn = (
  db: Db,
  { projectId, createdById }: { projectId: string; createdById: string },
): Promise<boolean> =>
  actingMember(db, projectId, createdById, "schema:write").then(
    () => true,
    (error: unknown) => {
      if (isAppError(error)) return false;
      throw error;
    },
  );

/** Writes down that a mapping could not be carried out; what it copied stays and can be undone. */
export async function failMapping(
  db: Db,
  { projectId, mappingId }: { projectId: string; mappingId: string },
): Promise<void> {
  await db.schemaMapping.updateMany({
    where: { projectId, id: mappingId, status: { in: ["queued", "running"] } },
    data: { status: "failed", finishedAt: new Date() },
  });
}
