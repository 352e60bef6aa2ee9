import type { Db } from "@/server/platform/db";
import { execute, sql } from "@/server/platform/sql";

export type AnnotatorRow = {
  projectId: string;
  /** The user's id, the job's id, or a new id for an imported source. */
  id: string;
  kind: "user" | "job" | "imported";
  name: string;
};

/** Makes sure that whoever is about to label or verify has an annotator row; a changed name is taken over. */
export async function ensureAnnotator(db: Db, { projectId, id, kind, name }: AnnotatorRow): Promise<void> {
  await execute(
    db,
    sql`insert into "Annotator" ("projectId", "id", "kind", "name")
      values (${projectId}::uuid, ${id}::uuid, ${kind}::"AnnotatorKind", ${name})
      on conflict ("projectId", "id") do update set "name" = excluded."name"
        where "Annotator"."name" is distinct from excluded."name"`,
  );
}
