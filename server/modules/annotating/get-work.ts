import type { Work } from "@/contracts/annotating";
import type { ProjectActor } from "@/server/modules/access";
import { answerInTime, parseQuery, recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { ownAnswers } from "./answered";
import { readWorkScope, type WorkScopeInput } from "./work-scope";

/**
 * What there is to label, with which labels and guidelines, and how far the asker is.
 * @throws AppError as {@link readWorkScope}; `invalid_query`, `query_too_slow`
 */
export async function getWork(db: Db, actor: ProjectActor, input: WorkScopeInput): Promise<Work> {
  const { assignment, subset, schemaVersion, labels, asked, query, condition } = await readWorkScope(
    db,
    actor,
    input,
  );
  const found = await recordFilter(db, actor, parseQuery(query));
  const filter = condition ? sql`${found} and ${condition}` : found;
  const progress = await answerInTime(db, (tx) => readProgress(tx, actor, asked, filter));
  return {
    assignment: assignment && {
      ...assignment,
      dueAt: assignment.dueAt?.toISOString() ?? null,
      overdue:
        assignment.dueAt !== null &&
        assignment.dueAt.getTime() < Date.now() &&
        progress.done < progress.records,
    },
    subset,
    schemaVersion,
    labels,
    asked,
    progress,
  };
}

async function readProgress(
  db: Db,
  { projectId, userId }: ProjectActor,
  labels: readonly string[],
  filter: Sql,
): Promise<Work["progress"]> {
  const [records] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "Record" r where ${filter}`,
  );
  const [own] = await queryRows<{ done: number; unsure: number }>(
    db,
    sql`select count(*) filter (where d."answered" = ${labels.length}::int)::int as "done",
        count(*) filter (where d."unsure")::int as "unsure"
      from (
        select l."recordId", count(*)::int as "answered", bool_or(l."unsure") as "unsure"
        from (${ownAnswers({ projectId, userId, labels })}) l group by l."recordId"
      ) d
      join "Record" r on r."projectId" = ${projectId}::uuid and r."id" = d."recordId"
      where ${filter}`,
  );
  return { records: records?.count ?? 0, done: own?.done ?? 0, unsure: own?.unsure ?? 0 };
}
