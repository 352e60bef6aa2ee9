import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { replaceLabels } from "./replace-labels";

type Taken = { projectId: string; label: string; jobId: string };

/** Records of one statement. */
const BATCH = 2000;

/**
 * Takes the actor's labels away that say what answers of a job meant, from those of the records that the actor
 * reaches. A label that was given in another way stays.
 * @returns how many records lost their label
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
      sql`select distinct on (r."id") r."id"::text, a."level", a."schemaVersion"
        from "Record" r join "Annotation" a on a."projectId" = r."projectId" and a."recordId" = r."id"
        where ${filter} and a."projectId" = ${projectId}::uuid and a."annotatorId" = ${userId}::uuid
          and a."labelName" = ${label} and a."metadata" ->> 'resolvedFrom' = ${jobId}
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
