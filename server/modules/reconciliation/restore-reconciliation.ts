import type { ReconcileAnswer } from "@/contracts/reconciliations";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";
import { answerOf } from "./answer-of";
import { decisionProblem, readLengths } from "./decision-problem";
import { DECISION, DECISION_AUTHOR, type DecisionRow, placeOf } from "./decision-row";
import { requireLabel } from "./require-label";
import { writeDecisions } from "./write-decisions";

/**
 * Makes an earlier decision, of whomever, the one that stands again: a new decision of the actor's, on the votes of
 * now, that names the one it sets again.
 * @param base the decision that the actor knows to stand; null for none
 * @throws AppError `not_found`; `invalid` and `invalid_value` when the active schema no longer takes it;
 * `nothing_decided` (409) for a row that took a decision back while none stands
 */
export async function restoreReconciliation(
  tx: Db,
  actor: ProjectActor,
  { recordId, id, base }: { recordId: string; id: string; base: string | null },
): Promise<ReconcileAnswer> {
  requireScope(actor, "reconciliation:write");
  const [earlier] = await queryRows<DecisionRow>(
    tx,
    sql`select ${DECISION} from "Reconciliation" d ${DECISION_AUTHOR}
      where d."projectId" = ${actor.projectId}::uuid and d."recordId" = ${recordId}::uuid and d."id" = ${id}::uuid`,
  );
  if (!earlier) throw new AppError("not_found", "There is no such decision on this record.");
  const { label, start, end, value, note } = earlier;
  const { definition, schemaVersion } = await requireLabel(tx, actor, label);
  const given = { recordId, value, ...placeOf({ start, end }) };
  const lengths = await readLengths(tx, actor.projectId, [given]);
  const problem = decisionProblem(given, definition, lengths.get(recordId));
  if (problem) throw new AppError("invalid_value", `This decision can't be set again: ${problem}`);
  const [written] = await writeDecisions(tx, actor, {
    ...{ label, schemaVersion },
    level: start < 0 ? "record" : "span",
    decisions: [{ recordId, start, end, value, note, base, restoredFromId: id }],
  });
  if (written?.outcome === "nothing_decided")
    throw new AppError("nothing_decided", "Nothing is decided here, so there is nothing to take back.", {
      status: 409,
    });
  return answerOf({ recordId, start, end }, written);
}
