import { type Overview, overviewSteps } from "@/contracts/overview";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { wilsonInterval } from "@/server/modules/evaluation";
import { loadSight, type Sight, verdictInSight } from "@/server/modules/sight";
import { type Db, sqlRows } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { readActivity } from "./read-activity";

const SHOWN_AGENTS = 5;

/** What is done and what is next in a project, its agents, what happened lately. Nothing of others for an annotator. */
export async function getOverview(db: Db, actor: ProjectActor): Promise<Overview> {
  if (seesOnlyOwn(actor))
    return { steps: [], agents: [], activity: [], newestJobId: null, openSessionId: null, openFlags: 0 };
  const { projectId } = actor;
  const { newestJobId, openSessionId, openFlags, ...done } = await readFacts(db, projectId);
  return {
    steps: overviewSteps.map((step) => ({ step, done: done[step] })),
    agents: await readAgents(db, await loadSight(db, actor)),
    activity: await readActivity(db, projectId),
    newestJobId,
    openSessionId,
    openFlags,
  };
}

type Facts = Record<(typeof overviewSteps)[number], boolean> & {
  newestJobId: string | null;
  openSessionId: string | null;
  openFlags: number;
};

async function readFacts(db: Db, projectId: string): Promise<Facts> {
  const [facts] = await sqlRows<Facts>(
    db,
    `select
       exists (select from "LabelSchema" where "projectId" = $1::uuid and "active") as "schema",
       exists (select from "Record" where "projectId" = $1::uuid and "deletedAt" is null) as "records",
       exists (select from "Membership" where "projectId" = $1::uuid and "removedAt" is null offset 1) as "members",
       exists (select from "Agent" where "projectId" = $1::uuid and "archivedAt" is null) as "agent",
       exists (select from "Job" where "projectId" = $1::uuid) as "job",
       exists (select from "Verification" where "projectId" = $1::uuid and "current") as "verification",
       exists (select from "Aggregation" where "projectId" = $1::uuid and "status" = 'ready') as "finalLabels",
       exists (select from "AuditEvent" where "projectId" = $1::uuid and "action" = 'export.started') as "export",
       (select "id" from "Job" where "projectId" = $1::uuid order by "createdAt" desc limit 1) as "newestJobId",
       (select "id" from "VerificationSession" where "projectId" = $1::uuid and "state" = 'open'
        order by "createdAt" desc limit 1) as "openSessionId",
       (select count(*)::int from "RecordFlag" f join "Record" r on r."projectId" = f."projectId" and r."id" = f."recordId"
        where f."projectId" = $1::uuid and f."state" = 'open' and r."deletedAt" is null) as "openFlags"`,
    [projectId],
  );
  if (!facts) throw new Error("A select without a table gave no row.");
  return facts;
}

type AgentRow = Omit<Overview["agents"][number], "confirmed"> & { decided: number; agreed: number };

async function readAgents(db: Db, sight: Sight): Promise<Overview["agents"]> {
  const rows = await queryRows<AgentRow>(
    db,
    sql`select a."id", a."name", v."version", coalesce(v."model"->>'model', '') as "model",
       coalesce(j."jobs", 0) as "jobs", l."lastJob",
       coalesce(d."decided", 0) as "decided", coalesce(d."agreed", 0) as "agreed"
     from "Agent" a
     join lateral (
       select "version", "model" from "AgentVersion" v
       where v."projectId" = a."projectId" and v."agentId" = a."id" order by "version" desc limit 1
     ) v on true
     left join lateral (
       select count(*)::int as "jobs" from "Job" j
       join "AgentVersion" w on w."projectId" = j."projectId" and w."id" = j."agentVersionId"
       where j."projectId" = a."projectId" and w."agentId" = a."id"
     ) j on true
     left join lateral (
       select json_build_object('id', j."id", 'status', j."status",
         'createdAt', to_char(j."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as "lastJob"
       from "Job" j
       join "AgentVersion" w on w."projectId" = j."projectId" and w."id" = j."agentVersionId"
       where j."projectId" = a."projectId" and w."agentId" = a."id" order by j."createdAt" desc limit 1
     ) l on true
     left join lateral (
       select count(*)::int as "decided", count(*) filter (where x."status" = 'CONFIRMS')::int as "agreed"
       from (
         select distinct on (c."annotationId") c."status" from "Verification" c
         join "Job" j on j."projectId" = c."projectId" and j."id" = c."jobId"
         join "AgentVersion" w on w."projectId" = j."projectId" and w."id" = j."agentVersionId"
         where c."projectId" = a."projectId" and w."agentId" = a."id"
           and c."current" and c."status" in ('CONFIRMS', 'CORRECTS') and not c."together" and ${verdictInSight(sight, "c")}
         order by c."annotationId", c."createdAt" desc
       ) x
     ) d on true
     where a."projectId" = ${sight.projectId}::uuid and a."archivedAt" is null
     order by a."createdAt" desc limit ${SHOWN_AGENTS}::int`,
  );
  return rows.map(({ decided, agreed, ...agent }) => ({ ...agent, confirmed: confirmedOf(agreed, decided) }));
}

function confirmedOf(agreed: number, n: number): Overview["agents"][number]["confirmed"] {
  const interval = wilsonInterval(agreed, n);
  return interval && { n, point: agreed / n, low: interval[0], high: interval[1] };
}
