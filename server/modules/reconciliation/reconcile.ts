import type { z } from "zod";
import type { ReconcileAnswer, reconcileInput, reconcileOutput } from "@/contracts/reconciliations";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { answerOf, refusal } from "./answer-of";
import { decisionProblem, readLengths } from "./decision-problem";
import { placeKey } from "./decision-row";
import { requireLabel } from "./require-label";
import { writeDecisions } from "./write-decisions";

type ReconcileInput = Omit<z.infer<typeof reconcileInput>, "project">;
type Item = ReconcileInput["items"][number];

/**
 * Decides a label of records, or of spans, at last: what stands afterwards is the final label, whatever the votes.
 * Each item is answered on its own: one that can't stand with its error, one that came after somebody else's with
 * `overtaken` and what stands. Taking a decision back (`value: null`) leaves the votes to speak again.
 * @throws AppError `invalid` for a label that is not there, or a place that stands twice
 */
export async function reconcile(
  db: Db,
  actor: ProjectActor,
  { label, items }: ReconcileInput,
): Promise<z.infer<typeof reconcileOutput>> {
  requireScope(actor, "reconciliation:write");
  refuseTwice(items);
  const { definition, schemaVersion } = await requireLabel(db, actor, label);
  return inTransaction(db, async (tx) => {
    const lengths = await readLengths(tx, actor.projectId, items);
    const problems = items.map((item) => decisionProblem(item, definition, lengths.get(item.recordId)));
    const accepted = items.filter((_, at) => problems[at] === null);
    const written = await writeDecisions(tx, actor, {
      label,
      level: definition.level,
      schemaVersion,
      decisions: accepted.map(({ start = -1, end = -1, note = null, ...item }) => {
        return { ...item, start, end, note: note || null };
      }),
    });
    const next = written.values();
    return {
      items: items.map((item, at): ReconcileAnswer => {
        const problem = problems[at];
        if (problem) return refusal(item, "invalid_value", problem);
        return answerOf(item, next.next().value);
      }),
    };
  });
}

function refuseTwice(items: readonly Item[]): void {
  const seen = new Set<string>();
  items.forEach((item, at) => {
    if (seen.has(placeKey(item)))
      throw new AppError("invalid", `items.${at} decides the same as an item before it.`, {
        errors: [{ path: `items.${at}`, message: "decides the same as an item before it" }],
      });
    seen.add(placeKey(item));
  });
}
