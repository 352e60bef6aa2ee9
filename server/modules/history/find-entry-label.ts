import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/** Which label an entry of a record's history is about, as whoever writes labels into live sessions asks; none when it is no label's. */
export const findEntryLabel = (
  db: Db,
  { projectId }: ProjectActor,
  { id: recordId, entryId }: { id: string; entryId: string },
): Promise<{ recordId: string; label: string }[]> =>
  queryRows(
    db,
    sql`select e."recordId", e."labelName" as "label" from "AnnotationEvent" e where e."projectId" = ${projectId}::uuid
      and e."recordId" = ${recordId}::uuid and e."id" = ${entryId}::uuid`,
  );
