import type { NextItem } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { labelInSight, loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import type { Lease } from "./lease";
import { undecidedBy } from "./undecided";

/** The leased record with the labels that are still the actor's to decide; null when none is any more. */
export async function presentNextItem(
  tx: Db,
  actor: ProjectActor,
  sessionId: string,
  lease: Lease,
): Promise<NextItem | null> {
  type Label = NextItem["item"]["annotations"][number];
  const sight = await loadSight(tx, actor, { asReviewer: true });
  const rows = await queryRows<
    Omit<Label, "value" | "conf"> & {
      seen: boolean;
      value: string[];
      conf: number | null;
      externalId: string;
      content: string;
    }
  >(
    tx,
    sql`select i."annotationId", a."annotatorId" as "jobId", case when a."start" >= 0 then a."start" end as "start",
        case when a."end" >= 0 then a."end" end as "end", i."blind", ${labelInSight(sight)} as "seen", a."value",
        a."conf", r."externalId", r."content"
      from "SessionItem" i
      join "Annotation" a on a."projectId" = i."projectId" and a."id" = i."annotationId"
      join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId"
      where ${undecidedBy(actor, { sessionId, skip: [] })} and i."recordId" = ${lease.recordId}::uuid
      order by i."position"`,
  );
  const [first] = rows;
  if (!first) return null;
  return {
    item: {
      recordId: lease.recordId,
      externalId: first.externalId,
      content: first.content,
      annotationId: first.annotationId,
      annotations: rows.map(({ annotationId, jobId, start, end, blind, seen, value, conf }) => ({
        annotationId,
        jobId,
        start,
        end,
        blind,
        ...(seen ? { value, conf } : {}),
      })),
    },
    lease: { id: lease.id, expiresAt: lease.expiresAt.toISOString() },
  };
}
