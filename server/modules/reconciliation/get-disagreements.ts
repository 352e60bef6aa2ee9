import type { z } from "zod";
import type { disagreements, getDisagreementsInput } from "@/contracts/reconciliations";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { readDisagreements } from "./read-disagreements";
import { requireLabel } from "./require-label";

type GetDisagreementsInput = Omit<z.infer<typeof getDisagreementsInput>, "project">;

/**
 * Who says what about a label of these records now, and what stands, whether they differ or not. Records that are not
 * there, or that an open session still hides from the actor, are left out.
 * @throws AppError `invalid` for a label that is not there
 */
export async function getDisagreements(
  db: Db,
  actor: ProjectActor,
  { label, recordIds }: GetDisagreementsInput,
): Promise<z.infer<typeof disagreements>> {
  requireScope(actor, "reconciliation:read");
  const { definition } = await requireLabel(db, actor, label);
  const of = { projectId: actor.projectId, label, level: definition.level };
  return { items: await readDisagreements(db, { ...of, recordIds, sight: await loadSight(db, actor) }) };
}
