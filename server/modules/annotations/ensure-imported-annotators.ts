import type pg from "pg";
import { newId } from "@/server/platform/ids";

/**
 * The imported annotators of these names, made where there are none: one name is one annotator, whoever imports.
 * @returns their ids by name
 */
export async function ensureImportedAnnotators(
  client: pg.ClientBase,
  projectId: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  // Two imports at once would else each make one of the same name.
  await client.query(
    "select pg_advisory_xact_lock(hashtextextended('imported-annotators:' || $1::text, 0))",
    [projectId],
  );
  await client.query(
    `insert into "Annotator" ("projectId", "id", "kind", "name")
     select $1::uuid, given.id, 'imported', given.name from unnest($2::uuid[], $3::text[]) as given (id, name)
     where not exists (select 1 from "Annotator" t
       where t."projectId" = $1::uuid and t."kind" = 'imported' and t."name" = given.name)`,
    [projectId, names.map(() => newId()), names],
  );
  const { rows } = await client.query<{ name: string; id: string }>(
    `select distinct on (t."name") t."name", t."id" from "Annotator" t
     where t."projectId" = $1::uuid and t."kind" = 'imported' and t."name" = any($2::text[])
     order by t."name", t."createdAt", t."id"`,
    [projectId, names],
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}
