import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { listReconciliationsInput, Reconciliation } from "@/contracts/reconciliations";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { loadSight, outcomeInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { DECISION, DECISION_AUTHOR, type DecisionRow, presentDecision } from "./decision-row";

type ListReconciliationsInput = Omit<z.infer<typeof listReconciliationsInput>, "project">;

/** What people have decided, newest first: what stands, or with `history` every decision there was. */
export async function listReconciliations(
  db: Db,
  actor: ProjectActor,
  input: ListReconciliationsInput,
): Promise<ListOf<Reconciliation>> {
  requireScope(actor, "reconciliation:read");
  const sight = await loadSight(db, actor);
  const condition = sql`${conditionOf(actor.projectId, input)}
    and ${outcomeInSight(sight, rawSql(`d."recordId"`), rawSql(`d."labelName"`))}`;
  return pageById({
    limit: input.limit,
    cursor: input.cursor,
    read: async (before, count) => {
      const rows = await queryRows<DecisionRow>(
        db,
        sql`select ${DECISION} from "Reconciliation" d ${DECISION_AUTHOR}
          where ${condition} and (${before}::uuid is null or d."id" < ${before}::uuid)
          order by d."id" desc limit ${count}::int`,
      );
      return rows.map(presentDecision);
    },
    count: async () => {
      const [row] = await queryRows<{ count: number }>(
        db,
        sql`select count(*)::int as "count" from "Reconciliation" d where ${condition}`,
      );
      return row?.count ?? 0;
    },
  });
}

function conditionOf(projectId: string, input: ListReconciliationsInput): Sql {
  const { label, recordId, authorId, since, history = false } = input;
  return joinSql(
    [
      sql`d."projectId" = ${projectId}::uuid`,
      ...(history ? [] : [sql`d."current" and not d."cleared"`]),
      ...(label === undefined ? [] : [sql`d."labelName" = ${label}::text`]),
      ...(recordId === undefined ? [] : [sql`d."recordId" = ${recordId}::uuid`]),
      ...(authorId === undefined ? [] : [sql`d."authorId" = ${authorId}::uuid`]),
      ...(since === undefined ? [] : [sql`d."createdAt" >= ${since}::timestamptz`]),
    ],
    " and ",
  );
}
