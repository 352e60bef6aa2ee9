import type { z } from "zod";
import type {
  ReconcileAnswer,
  Reconciliation,
  reconcileOutput,
  undoReconciliationsInput,
} from "@/contracts/reconciliations";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";
import { answerOf } from "./answer-of";
import { DECISION, DECISION_AUTHOR, type DecisionRow } from "./decision-row";
import { type NewDecision, writeDecisions } from "./write-decisions";

type UndoReconciliationsInput = Omit<z.infer<typeof undoReconciliationsInput>, "project">;

type Own = DecisionRow & {
  schemaVersion: number;
  /** What stood before it; null when nothing did. */
  before: Pick<Reconciliation, "id" | "value" | "note" | "votesVersion"> | null;
};

/**
 * Takes the actor's own decisions back: what stood before each stands again. One that somebody has decided after it
 * stays as it is and is answered with `overtaken`. The answers are in the order of the ids.
 * @throws AppError `not_found` when one is not a decision of the actor's; then nothing is undone
 */
export async function undoReconciliations(
  db: Db,
  actor: ProjectActor,
  { ids }: UndoReconciliationsInput,
): Promise<z.infer<typeof reconcileOutput>> {
  requireScope(actor, "reconciliation:write");
  return inTransaction(db, async (tx) => {
    const own = await readOwn(tx, actor, ids);
    const missing = ids.flatMap((id, at) => (own.has(id) ? [] : [at]));
    if (missing.length > 0)
      throw new AppError("not_found", "Some of these are not your decisions. Nothing was undone.", {
        errors: missing.map((at) => ({ path: `ids.${at}`, message: "is not one of your decisions" })),
      });
    const answers = new Map<string, ReconcileAnswer>();
    for (const group of groupsOf([...own.values()])) {
      const [first] = group;
      if (!first) continue;
      const written = await writeDecisions(tx, actor, {
        label: first.label,
        level: first.start < 0 ? "record" : "span",
        schemaVersion: first.schemaVersion,
        decisions: group.map(undoing),
      });
      group.forEach((one, at) => {
        answers.set(one.id, answerOf(one, written[at]));
      });
    }
    return {
      items: ids.flatMap((id) => {
        const answer = answers.get(id);
        return answer ? [answer] : [];
      }),
    };
  });
}

/** The decision that sets again what stood before another one. */
const undoing = ({ id, recordId, start, end, value, before }: Own): NewDecision => ({
  ...{ recordId, start, end },
  value: before?.value ?? null,
  note: before?.note ?? null,
  // One that took a decision back leaves nothing to stand.
  base: value === null ? null : id,
  restoredFromId: before?.id ?? null,
  ...(before ? { votesVersion: before.votesVersion } : {}),
});

async function readOwn(
  tx: Db,
  { projectId, userId }: ProjectActor,
  ids: readonly string[],
): Promise<Map<string, Own>> {
  const rows = await queryRows<Own>(
    tx,
    sql`select ${DECISION}, d."schemaVersion", case when b."id" is null then null else json_build_object('id', b."id",
          'value', case when not b."cleared" then b."value" end, 'note', b."note", 'votesVersion', b."votesVersion")
        end as "before"
      from "Reconciliation" d ${DECISION_AUTHOR}
      left join "Reconciliation" b on b."projectId" = d."projectId" and b."id" = d."replacesId"
      where d."projectId" = ${projectId}::uuid and d."id" = any(${ids}::uuid[]) and not d."overtaken"
        and d."authorId" = ${userId}::uuid
      order by d."id" desc`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * What can be written together: one label under one version of the schema, each place once. Later decisions on a place
 * come first, so that undoing two of them goes back two steps.
 */
function groupsOf(rows: readonly Own[]): Own[][] {
  const groups = new Map<string, Own[]>();
  const times = new Map<string, number>();
  for (const row of rows) {
    const place = JSON.stringify([row.label, row.recordId, row.start, row.end]);
    const time = times.get(place) ?? 0;
    times.set(place, time + 1);
    const key = JSON.stringify([time, row.label, row.schemaVersion]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}
