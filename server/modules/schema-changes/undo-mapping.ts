import { mappingRules } from "@/contracts/schema-effects";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { removeCopiedLabels } from "@/server/modules/annotations";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";

const UNDO_TIMEOUT = 600_000;

/**
 * Takes the labels that a mapping wrote away again. Those that somebody verifies stay. Undone twice is undone.
 * @returns how many went
 * @throws AppError `not_found`, `conflict` while it still runs
 */
export async function undoMapping(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { id }: { id: string },
): Promise<{ removed: number }> {
  return inTransaction(
    db,
    async (tx) => {
      const [mapping] = await queryRows<{ status: string; rules: unknown; undone: boolean }>(
        tx,
        sql`select "status"::text, "rules", "undoneAt" is not null as "undone" from "SchemaMapping"
          where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid for update`,
      );
      if (!mapping) throw new AppError("not_found", "There is no such mapping.");
      if (mapping.status === "queued" || mapping.status === "running")
        throw new AppError("conflict", "The mapping still runs; undo it when it has ended.");
      if (mapping.undone) return { removed: 0 };
      const labels = new Set(mappingRules.parse(mapping.rules).map(({ label, toLabel }) => toLabel ?? label));
      let removed = 0;
      for (const label of labels) removed += await removeCopiedLabels(tx, { projectId, copyId: id, label });
      await tx.schemaMapping.update({
        where: { projectId_id: { projectId, id } },
        data: { undoneAt: new Date() },
      });
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: "schema.mapping_undone",
        target: id,
        address,
        details: { removed },
      });
      return { removed };
    },
    { timeoutMs: UNDO_TIMEOUT },
  );
}
