import type { LabelShares } from "@/contracts/overview";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { labelInSight, loadSight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/**
 * How the values of each record-level label are spread over the records, most frequent first. Of each record
 * counts the newest verdict on the label, else the newest label, of what the actor may see; nothing for an annotator, who sees only own work.
 */
export async function getLabelShares(db: Db, actor: ProjectActor): Promise<LabelShares> {
  if (seesOnlyOwn(actor)) return [];
  const sight = await loadSight(db, actor);
  const rows = await queryRows<{ label: string; value: string[]; count: number; verified: number }>(
    db,
    sql`with verdict as (
       select distinct on ("annotationId") "annotationId", "value", "createdAt" from "Verification"
       v where v."projectId" = ${actor.projectId}::uuid and "current" and "status" in ('CONFIRMS', 'CORRECTS')
         and ${verdictInSight(sight)}
       order by "annotationId", "createdAt" desc
     ), counted as (
       select distinct on (a."recordId", a."labelName") a."labelName" as "label",
         coalesce(v."value", a."value") as "value", v."annotationId" is not null as "verified"
       from "Annotation" a
       join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and r."deletedAt" is null
       left join verdict v on v."annotationId" = a."id"
       where a."projectId" = ${actor.projectId}::uuid and a."level" = 'record' and ${labelInSight(sight)}
       order by a."recordId", a."labelName", v."createdAt" desc nulls last, a."updatedAt" desc, a."id" desc
     )
     select "label", "value", count(*)::int as "count", (count(*) filter (where "verified"))::int as "verified"
     from counted group by "label", "value"
     order by "label" collate "C", count(*) desc, "value"::text collate "C"`,
  );
  const shares = new Map<string, LabelShares[number]>();
  for (const { label, value, count, verified } of rows) {
    const share = shares.get(label) ?? { label, n: 0, verified: 0, values: [] };
    share.n += count;
    share.verified += verified;
    share.values.push({ value, count });
    shares.set(label, share);
  }
  return [...shares.values()];
}
