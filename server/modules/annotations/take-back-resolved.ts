import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { replaceLabels } from "./replace-labels";
import { resolvedAsNone } from "./resolved-as-none";

type Taken = { projectId: string; label: string; jobId: string };

/** Records of one statement. */
const BATCH = 2000;

/**
 * Takes away what the actor said that answers of a job meant, labels or that there is nothing to mark, from those of
 * the records that the actor reaches. What was given in another way stays.
 * @returns how many records lost it
 */
export async function takeBackResolved(
  tx: Db,
  actor: ProjectActor,
  { label, jobId }: Omit<Taken, "projectId">,
  ids: readonly string[],
): Promise<number> {
  const { projectId, userId } = actor;
  let taken = 0;
  for (let from = 0; from < ids.length; from += BATCH) {
    const filter = await recordFilter(tx, actor, { ids: ids.slice(from, from + BATCH) });
    const rows = await queryRows<{ id: string; level: "record" | "span"; schemaVersion: number }>(
      tx,
      sql`select distinct on (r."id") r."id"::text, g."level", g."schemaVersion"
        from "Record" r join (
          select a."recordId", a."level", a."schemaVersion" from "Annotation" a
          where a."projectId" = ${projectId}::uuid and a."annotatorId" = ${userId}::uuid
            and a."labelName" = ${label}::text and a."metadata" ->> 'resolvedFrom' = ${jobId}::text
          union all
          select p."recordId", 'span', 0 from "AnnotationResponse" p
          where p."projectId" = ${projectId}::uuid and p."annotatorId" = ${userId}::uuid
            and p."labelName" = ${label}::text and ${resolvedAsNone(sql`${jobId}::text`)}
        ) g on g."recordId" = r."id"
        where ${filter} and r."projectId" = ${projectId}::uuid
        order by r."id"`,
    );
    const [first] = rows;
    if (!first) continue;
    await replaceLabels(tx, {
      projectId,
      userId,
      schemaVersion: first.schemaVersion,
      origin: "resolved_undo",
      rows: rows.map(({ id, level }) => ({ recordId: id, label, level, value: [] })),
    });
    taken += rows.length;
  }
  return taken;
}
