import type { ActivityEntry } from "@/contracts/overview";
import { type Db, sqlRows } from "@/server/platform/db";

const SHOWN = 12;

/** What happened in a project lately, newest first; the verdicts of one person and hour are one entry. */
export async function readActivity(db: Db, projectId: string): Promise<ActivityEntry[]> {
  const rows = await sqlRows<Omit<ActivityEntry, "at"> & { at: Date }>(
    db,
    `with happened ("kind", "at", "userId", "target", "name", "subset", "query", "count") as (
       (select 'import', i."finishedAt", i."createdById", i."id"::text, i."fileName", null, null::jsonb, i."imported" + i."updated"
        from "ImportRun" i where i."projectId" = $1::uuid and i."status" = 'succeeded'
        order by i."createdAt" desc limit $2::int)
       union all
       (select 'schema', s."createdAt", s."createdById", s."version"::text, null, null, null, null
        from "LabelSchema" s where s."projectId" = $1::uuid order by s."version" desc limit $2::int)
       union all
       (select 'job', j."createdAt", j."createdById", j."id"::text, a."name", u."name", j."query", j."total"
        from "Job" j
        join "AgentVersion" v on v."projectId" = j."projectId" and v."id" = j."agentVersionId"
        join "Agent" a on a."projectId" = v."projectId" and a."id" = v."agentId"
        left join "Subset" u on u."projectId" = j."projectId" and u."id" = j."subsetId"
        where j."projectId" = $1::uuid order by j."createdAt" desc limit $2::int)
       union all
       (select 'session', s."createdAt", s."createdById", s."id"::text, s."name", null, null, s."total"
        from "VerificationSession" s where s."projectId" = $1::uuid order by s."createdAt" desc limit $2::int)
       union all
       (select 'verdicts', max(v."createdAt"), v."verifierId", v."sessionId"::text, max(s."name"), null, null, count(*)::int
        from "Verification" v
        left join "VerificationSession" s on s."projectId" = v."projectId" and s."id" = v."sessionId"
        where v."projectId" = $1::uuid and v."current" and v."status" is not null
          and v."createdAt" > now() - interval '30 days'
        group by v."verifierId", v."sessionId", date_trunc('hour', v."createdAt")
        order by 2 desc limit $2::int)
       union all
       (select 'finalLabels', f."createdAt", f."createdById", f."id"::text, f."labelName", null, null, null
        from "Aggregation" f where f."projectId" = $1::uuid order by f."createdAt" desc limit $2::int)
       union all
       (select 'member', m."joinedAt", m."userId", null, null, null, null, null
        from "Membership" m where m."projectId" = $1::uuid and m."removedAt" is null
        order by m."joinedAt" desc limit $2::int)
     )
     select h."kind", h."at", h."target", h."name", h."subset", h."query", h."count",
       json_build_object('id', u."id", 'name', u."name") as "who"
     from happened h join "User" u on u."id" = h."userId"
     order by h."at" desc, h."kind" limit $2::int`,
    [projectId, SHOWN],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
