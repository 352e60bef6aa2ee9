import type { SessionItem, SessionNews } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { type DecidedCounts, decidedCounts, presentFigures } from "./session-figures";
import { sessionsOpenTo } from "./session-reach";
import { noSuchSession } from "./session-repository";

const MAX_CHANGES = 1000;

type NewsInput = { id: string; since: Date };
type Verdict = NonNullable<SessionItem["verdict"]>;

/**
 * A session's figures now, and the current verdicts that were written after `since`, by the database's clock.
 * @throws AppError `not_found`
 */
export async function readSessionNews(
  db: Db,
  actor: ProjectActor,
  { id, since }: NewsInput,
): Promise<SessionNews & { asOf: Date }> {
  const [session] = await queryRows<DecidedCounts & { state: "open" | "closed"; chunks: number; asOf: Date }>(
    db,
    sql`select s."state"::text as "state", s."total", s."chunks", counted."confirmed", counted."corrected", counted."unsure",
        clock_timestamp() as "asOf"
      from "VerificationSession" s cross join ${decidedCounts}
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
    changes: await readChanges(db, actor, id, since),
  };
}

async function readChanges(
  db: Db,
  { projectId }: ProjectActor,
  id: string,
  since: Date,
): Promise<SessionNews["changes"]> {
  const rows = await queryRows<{ annotationId: string; verdict: Verdict | null }>(
    db,
    sql`select v."annotationId", case when v."status" is not null then json_build_object('status', v."status",
        'value', v."value", 'by', json_build_object('id', p."id", 'name', p."name"),
        'at', coalesce(v."decidedAt", v."createdAt"),
        'reason', v."reason") end as "verdict"
      from "Verification" v join "Annotator" p on p."projectId" = v."projectId" and p."id" = v."verifierId"
      where v."projectId" = ${projectId}::uuid and v."sessionId" = ${id}::uuid and v."current"
        and v."inSharedSession" and v."createdAt" > ${since.toISOString()}::timestamptz
      order by v."createdAt" desc, v."id" desc limit ${MAX_CHANGES}::bigint`,
  );
  return rows.reverse().map(({ annotationId, verdict }) => ({
    annotationId,
    verdict: verdict && { ...verdict, at: new Date(verdict.at).toISOString() },
  }));
}
