import type { z } from "zod";
import type { restoreHistoryInput, restoreHistoryOutput } from "@/contracts/history";
import type { ProjectActor } from "@/server/modules/access";
import { restoreOwnLabel } from "@/server/modules/annotations";
import { restoreReconciliation } from "@/server/modules/reconciliation";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";

type RestoreEntryInput = Omit<z.infer<typeof restoreHistoryInput>, "project">;

/**
 * Sets again what an entry of a record's history says, as a new entry that names it: a label by its author alone, a
 * decision by whoever may reconcile.
 * @throws AppError `not_found`; `forbidden` for the label of somebody else; `invalid_value` when the schema no longer
 * takes the value; `overtaken` (409) when another decision than `base` stands
 */
export async function restoreEntry(
  db: Db,
  actor: ProjectActor,
  { id: recordId, entryId, base = null }: RestoreEntryInput,
): Promise<z.infer<typeof restoreHistoryOutput>> {
  return inTransaction(db, async (tx) => {
    const kind = await kindOf(tx, { projectId: actor.projectId, recordId, entryId });
    if (kind === "label") return restoreOwnLabel(tx, actor, { recordId, eventId: entryId });
    if (kind === null)
      throw new AppError("not_found", "There is no such label or decision in the history of this record.");
    const answer = await restoreReconciliation(tx, actor, { recordId, id: entryId, base });
    if ("reconciliation" in answer)
      return { changed: answer.reconciliation.restoredFrom === entryId && answer.reconciliation.id !== base };
    throw new AppError(answer.error.code === "overtaken" ? "overtaken" : "not_found", answer.error.message, {
      status: answer.error.code === "overtaken" ? 409 : 404,
    });
  });
}

type Which = { projectId: string; recordId: string; entryId: string };

async function kindOf(tx: Db, { projectId, recordId, entryId }: Which): Promise<"label" | "decision" | null> {
  const [found] = await queryRows<{ kind: "label" | "decision" }>(
    tx,
    sql`select 'label' as "kind" from "AnnotationEvent" e where e."projectId" = ${projectId}::uuid
        and e."recordId" = ${recordId}::uuid and e."id" = ${entryId}::uuid
      union all
      select 'decision' from "Reconciliation" d where d."projectId" = ${projectId}::uuid
        and d."recordId" = ${recordId}::uuid and d."id" = ${entryId}::uuid`,
  );
  return found?.kind ?? null;
}
