import type { Labeller } from "@/contracts/compare";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

type LabellerRow = Omit<Labeller, "createdAt"> & { createdAt: Date };

/** Everybody who has given record-level values of the label, jobs first, the newest of each kind first. */
export async function readLabellers(db: Db, projectId: string, label: string): Promise<Labeller[]> {
  const rows = await queryRows<LabellerRow>(
    db,
    sql`with counted as (
        select a."annotatorId", count(*)::int as "records" from "Annotation" a
        join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and r."deletedAt" is null
        where a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text and a."level" = 'record'
          and cardinality(a."value") > 0
        group by a."annotatorId")
      select t."id", t."kind", t."name", c."records", t."createdAt",
        case when v."id" is null then null else json_build_object('id', g."id", 'name', g."name",
          'version', v."version", 'model', coalesce(v."model" ->> 'model', '')) end as "agent"
      from counted c
      join "Annotator" t on t."projectId" = ${projectId}::uuid and t."id" = c."annotatorId"
      left join "Job" j on j."projectId" = t."projectId" and j."id" = t."id"
      left join "AgentVersion" v on v."projectId" = j."projectId" and v."id" = j."agentVersionId"
      left join "Agent" g on g."projectId" = v."projectId" and g."id" = v."agentId"
      order by (t."kind" = 'job') desc, (t."kind" = 'user') desc, t."createdAt" desc, t."id"`,
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** Names by id of those who label or may label here: whoever has an annotator row, and the members. */
export async function readAnnotatorNames(
  db: Db,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await queryRows<{ id: string; name: string }>(
    db,
    sql`select t."id", t."name" from "Annotator" t
      where t."projectId" = ${projectId}::uuid and t."id" = any(${ids}::uuid[])
      union all
      select u."id", u."name" from "Membership" m join "User" u on u."id" = m."userId"
      where m."projectId" = ${projectId}::uuid and m."userId" = any(${ids}::uuid[])
        and not exists (select 1 from "Annotator" t where t."projectId" = m."projectId" and t."id" = m."userId")`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
