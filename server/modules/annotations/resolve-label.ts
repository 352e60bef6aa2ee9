import type { JsonValue } from "@/contracts/common";
import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { ensureAnnotator } from "./ensure-annotator";
import type { requireManyLabel } from "./label-many";
import { replaceLabels } from "./replace-labels";

type ManyLabel = Awaited<ReturnType<typeof requireManyLabel>>;
type Resolved = { resolved: number; kept: number };

/** Labels of one statement. */
const BATCH = 2000;

/**
 * Gives a label to those of the records that the actor reaches, as the actor, with where it came from in its metadata.
 * A label of this name that the actor gave before stays as it is.
 */
export async function resolveLabel(
  tx: Db,
  actor: ProjectActor,
  { label, value, schemaVersion }: ManyLabel,
  { ids, metadata }: { ids: readonly string[]; metadata: Record<string, JsonValue> },
): Promise<Resolved> {
  const { projectId, userId, userName } = actor;
  await ensureAnnotator(tx, { projectId, id: userId, kind: "user", name: userName });
  const total: Resolved = { resolved: 0, kept: 0 };
  for (let from = 0; from < ids.length; from += BATCH) {
    const filter = await recordFilter(tx, actor, { ids: ids.slice(from, from + BATCH) });
    const rows = await queryRows<{ id: string; own: boolean }>(
      tx,
      sql`select r."id"::text, exists (
          select 1 from "Annotation" a where a."projectId" = r."projectId" and a."recordId" = r."id"
            and a."annotatorId" = ${userId}::uuid and a."labelName" = ${label}) as "own"
        from "Record" r where ${filter} order by r."id"`,
    );
    const open = rows.filter(({ own }) => !own);
    await replaceLabels(tx, {
      projectId,
      userId,
      schemaVersion,
      origin: "resolved",
      rows: open.map(({ id }) => ({ recordId: id, label, level: "record", value, metadata })),
    });
    total.resolved += open.length;
    total.kept += rows.length - open.length;
  }
  return total;
}
