import type { AgentFigures } from "@/contracts/agent-figures";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { labelInSight, loadSight, type Sight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { decides } from "./decides";
import { wilsonInterval } from "./statistics/wilson";

type FigureRow = Omit<AgentFigures, "accuracy" | "interval">;

const MOST_AGENTS = 1_000;

/**
 * How each agent's newest version has done: accuracy of its first label against what people confirmed or corrected one by
 * one, and cost. A record that several of its jobs labelled counts once, with the newest.
 */
export async function listAgentFigures(db: Db, actor: ProjectActor): Promise<{ items: AgentFigures[] }> {
  requireScope(actor, "compare:read");
  const rows = await readFigures(db, await loadSight(db, actor));
  return {
    items: rows.map((row) => ({
      ...row,
      accuracy: row.n === 0 ? null : row.correct / row.n,
      interval: wilsonInterval(row.correct, row.n),
    })),
  };
}

function readFigures(db: Db, sight: Sight): Promise<FigureRow[]> {
  const { projectId } = sight;
  return queryRows(
    db,
    sql`with newest as (
        select distinct on (v."agentId") v."agentId", v."id", v."version", v."prompt" -> 'labels' ->> 0 as "label"
        from "AgentVersion" v where v."projectId" = ${projectId}::uuid
        order by v."agentId", v."version" desc),
      run as materialized (
        select n."agentId", n."label", j."id", j."createdAt", j."report", j."spentMicroUsd",
          j."inputPricePerMillionMicroUsd" is not null as "priced"
        from newest n join "Job" j on j."projectId" = ${projectId}::uuid and j."agentVersionId" = n."id"),
      gold as materialized (
        select distinct on (v."recordId", v."labelName") v."recordId", v."labelName", v."value"
        from "Verification" v
        where v."projectId" = ${projectId}::uuid and v."current" and ${decides()}
          and v."labelName" in (select "label" from run) and ${verdictInSight(sight)}
        order by v."recordId", v."labelName", v."createdAt" desc, v."id" desc),
      judged as (
        select distinct on (t."agentId", g."recordId") t."agentId", a."value" = g."value" as "right"
        from gold g
        join "Record" r on r."projectId" = ${projectId}::uuid and r."id" = g."recordId" and r."deletedAt" is null
        join "Annotation" a on a."projectId" = ${projectId}::uuid and a."recordId" = g."recordId"
          and a."labelName" = g."labelName" and a."level" = 'record' and cardinality(a."value") > 0
          and ${labelInSight(sight)}
        join run t on t."id" = a."annotatorId" and t."label" = g."labelName"
        order by t."agentId", g."recordId", t."createdAt" desc, t."id" desc),
      score as (
        select "agentId", count(*)::int as "n", (count(*) filter (where "right"))::int as "correct"
        from judged group by 1),
      paid as (
        select "agentId", bool_and("priced") as "priced", sum("spentMicroUsd")::float8 as "spent",
          sum(("report" #>> '{counts,called}')::int - ("report" #>> '{counts,cached}')::int)::float8 as "asked"
        from run where "report" is not null group by 1)
      select n."agentId"::text, n."version", coalesce(n."label", '') as "label", coalesce(s."n", 0) as "n",
        coalesce(s."correct", 0) as "correct",
        case when p."priced" and p."asked" > 0 then p."spent" / p."asked" / 1000 end as "costPer1000Usd"
      from newest n left join score s on s."agentId" = n."agentId" left join paid p on p."agentId" = n."agentId"
      order by n."agentId" desc limit ${MOST_AGENTS}::int`,
  );
}
