import type pg from "pg";
import type { ImportOptions, MetadataType } from "@/contracts/imports";

/**
 * Makes the names that an import brought known to the project. The type is what all values of the name have had, else
 * JSON: exports rely on it. Visibility is as given, else as it was, else `team`.
 */
export async function noteMetadataNames(
  client: pg.ClientBase,
  projectId: string,
  types: ReadonlyMap<string, MetadataType>,
  visibility: ImportOptions["visibility"],
): Promise<void> {
  if (types.size === 0) return;
  const names = [...types.keys()];
  await client.query(
    `insert into "MetadataName" as known ("projectId", "name", "type", "visibility", "position")
     select $1::uuid, n.name, n.type, coalesce(n.visibility, 'team')::"MetadataVisibility",
       n.at + (select coalesce(max("position"), 0) from "MetadataName" where "projectId" = $1::uuid)
     from unnest($2::text[], $3::text[], $4::text[]) with ordinality n (name, type, visibility, at)
     on conflict ("projectId", "name") do update set "type" = case when known."type" = excluded."type" then known."type" else 'json' end,
       "visibility" = case when excluded."name" = any($5::text[]) then excluded."visibility"
         else known."visibility" end`,
    [
      projectId,
      names,
      [...types.values()],
      names.map((name) => visibility[name] ?? null),
      Object.keys(visibility),
    ],
  );
}
