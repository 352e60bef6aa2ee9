import type { SessionNews } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { loadSight, type Sight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import { DECIDED_COLUMNS, type DecidedCounts, decidedCounts, presentFigures } from "./session-figures";
import { itemTables, type JudgedRow, judgedColumns, presentJudged } from "./session-item-rows";
import { sessionsOpenTo } from "./session-reach";
import { noSuchSession } from "./session-repository";

const MAX_CHANGES = 1000;

type NewsInput = { id: string; since: Date };

/**
 * A session's figures now, and the labels whose verdicts changed after `since`, by the database's clock, as far as the
 * asker may see them: of an independent session their own, and those on labels that they have decided.
 * @throws AppError `not_found`
 */
export async function readSessionNews(
  db: Db,
  actor: ProjectActor,
  { id, since }: NewsInput,
): Promise<SessionNews & { asOf: Date }> {
  const sight = await loadSight(db, actor, { asReviewer: true });
  const [session] = await queryRows<DecidedCounts & { state: "open" | "closed"; chunks: number; asOf: Date }>(
    db,
    sql`select s."state"::text as "state", s."total", s."chunks", ${rawSql(DECIDED_COLUMNS)},
        clock_timestamp() as "asOf"
      from "VerificationSession" s cross join ${decidedCounts(actor, sight)}
      where s."projectId" = ${actor.projectId}::uuid and s."id" = ${id}::uuid and ${sessionsOpenTo(actor)}
        and exists (select 1 from "Membership" m where m."projectId" = s."projectId"
          and m."userId" = ${actor.userId}::uuid and m."disabledAt" is null and m."removedAt" is null)`,
  );
  if (!session) throw noSuchSession();
  const { state, chunks, asOf, ...decided } = session;
  return {
    state,
    chunks,
    asOf,
    ...presentFigures(decided),
    changes: await readChanges(db, actor, sight, { id, since }),
  };
}

type ChangedRow = JudgedRow & { annotationId: string };

/** Others' verdicts of an independent session that are hidden still are no change; that would tell who is where. */
async function readChanges(
  db: Db,
  actor: ProjectActor,
  sight: Sight,
  { id, since }: NewsInput,
): Promise<SessionNews["changes"]> {
  const rows = await queryRows<ChangedRow>(
    db,
    sql`with changed as (
        select c."annotationId", max(c."createdAt") as "at" from "Verification" c
        where c."projectId" = ${actor.projectId}::uuid and c."sessionId" = ${id}::uuid and c."current"
          and c."createdAt" > ${since.toISOString()}::timestamptz
          and (c."inSharedSession" or ${verdictInSight(sight, "c")})
        group by c."annotationId" order by "at" desc, c."annotationId" desc limit ${MAX_CHANGES}::bigint
      )
      select changed."annotationId", ${judgedColumns(actor, sight)}
      from changed join (${itemTables(actor, sight)}) on i."projectId" = ${actor.projectId}::uuid
        and i."sessionId" = ${id}::uuid and i."annotationId" = changed."annotationId"
      order by changed."at", changed."annotationId"`,
  );
  return rows.map((row) => {
    const { annotationId, verdict, verdicts, others } = presentJudged(row);
    const { seen, blind, value, conf, confReason, probabilities } = row;
    const revealed = seen && blind ? { value, conf, confReason, probabilities, others } : undefined;
    return { annotationId, verdict, verdicts, ...(revealed ? { revealed } : {}) };
  });
}
