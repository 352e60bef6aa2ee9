import type { JsonValue } from "@/contracts/common";
import type { MetadataType } from "@/contracts/imports";
import type { MetadataVisibility } from "@/contracts/projects";
import { type Db, sqlRun } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { takePositions } from "./import-repository";

export type NewRecord = { externalId: string; content: string; metadata: Record<string, JsonValue> };
export type NewMetadataName = { name: string; type: MetadataType; visibility: MetadataVisibility };

/** Writes records that the product itself brings (a sample) into a project that has none of their ids. */
export async function insertRecords(
  tx: Db,
  projectId: string,
  { records, metadata }: { records: readonly NewRecord[]; metadata: readonly NewMetadataName[] },
): Promise<void> {
  const first = await takePositions(tx, projectId, records.length);
  await sqlRun(
    tx,
    `insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position")
     select r.id, $1::uuid, r."externalId", r.content, r.metadata::jsonb, $2::bigint + r.at - 1
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) with ordinality
       r (id, "externalId", content, metadata, at)`,
    [
      projectId,
      first,
      records.map(() => newId()),
      records.map(({ externalId }) => externalId),
      records.map(({ content }) => content),
      records.map((record) => JSON.stringify(record.metadata)),
    ],
  );
  await tx.metadataName.createMany({
    data: metadata.map((name, position) => ({ projectId, ...name, position })),
  });
}
