import type { AnnotatorOverview } from "@/contracts/records";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/**
 * Everybody who has labelled or verified in the project, with the labels they put: jobs first, the newest
 * first. An annotator gets themselves alone.
 */
export async function listAnnotators(db: Db, actor: ProjectActor): Promise<{ items: AnnotatorOverview[] }> {
  const onlyFor = seesOnlyOwn(actor) ? actor.userId : null;
  // One look into an index for each label name there ever was, however many labels there are.
  const rows = await queryRows<Omit<AnnotatorOverview, "createdAt"> & { createdAt: Date }>(
    db,
    sql`select t."id", t."kind", t."name", t."createdAt",
        array(
          select n."name" from (
            select distinct d ->> 'name' as "name" from "LabelSchema" l, jsonb_array_elements(l."labels") d
            where l."projectId" = ${actor.projectId}::uuid
          ) n
          where exists (select 1 from "Annotation" a where a."projectId" = t."projectId"
            and a."annotatorId" = t."id" and a."labelName" = n."name")
          order by n."name" collate "C"
        ) as "labels"
      from "Annotator" t
      where t."projectId" = ${actor.projectId}::uuid
        and (${onlyFor}::uuid is null or t."id" = ${onlyFor}::uuid)
      order by t."kind" = 'job' desc, t."createdAt" desc, t."id" desc
      limit 1000`,
  );
  return { items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
}
