import type pg from "pg";
import type { MetadataType } from "@/contracts/imports";
import type { MetadataVisibility } from "@/contracts/projects";
import { noteMetadataNames } from "./import/metadata-names";

type MergeMetadata = {
  projectId: string;
  /** A temporary table of the transaction: `"recordId" uuid, "facts" jsonb`, one row for each record. */
  from: string;
  names: readonly { name: string; type: MetadataType; visibility: MetadataVisibility }[];
  /** A temporary table that gets the `"recordId"` of each record that was changed. */
  changed: string;
};

/**
 * Merges metadata into many records in one statement. Names are made known with the visibility given. What is there
 * already in the same form changes nothing.
 * @returns how many records changed
 */
export async function mergeMetadata(
  client: pg.ClientBase,
  { projectId, from, names, changed }: MergeMetadata,
): Promise<number> {
  const { rowCount } = await client.query(
    `with merged as (
       update "Record" r set "metadata" = r."metadata" || f."facts", "updatedAt" = now()
       from ${from} f
       where r."projectId" = $1::uuid and r."id" = f."recordId" and r."metadata" || f."facts" <> r."metadata"
       returning r."id"
     )
     insert into ${changed} ("recordId") select "id" from merged`,
    [projectId],
  );
  const types = new Map(names.map(({ name, type }) => [name, type]));
  const visibility = Object.fromEntries(names.map((one) => [one.name, one.visibility]));
  await noteMetadataNames(client, projectId, types, visibility);
  return rowCount ?? 0;
}
