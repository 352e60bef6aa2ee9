import type { LabelDefinition, SchemaVersion } from "@/contracts/label-schema";
import { type Db, sqlRows } from "@/server/platform/db";

type VersionRow = Omit<SchemaVersion, "createdAt"> & { createdAt: Date };
type Which = { version?: number; before?: number; limit: number };

/**
 * Versions of a project's label schema, newest first.
 * @param which.version only this one
 * @param which.before only those older than this one
 */
export async function readSchemaVersions(
  db: Db,
  projectId: string,
  { version, before, limit }: Which,
): Promise<SchemaVersion[]> {
  const rows = await sqlRows<VersionRow>(
    db,
    `select s."id", s."version", s."active", s."labels" as "labelSchema", s."createdAt",
       json_build_object('id', u."id", 'name', u."name") as "createdBy"
     from "LabelSchema" s join "User" u on u."id" = s."createdById"
     where s."projectId" = $1::uuid and ($2::int is null or s."version" = $2::int)
       and ($3::int is null or s."version" < $3::int)
     order by s."version" desc limit $4::int`,
    [projectId, version ?? null, before ?? null, limit],
  );
  return rows.map(presentVersion);
}

/** The active version, or null when the project has no schema yet. */
export async function readActiveSchema(db: Db, projectId: string): Promise<SchemaVersion | null> {
  const active = await db.labelSchema.findFirst({
    where: { projectId, active: true },
    select: { version: true },
  });
  if (!active) return null;
  const [version] = await readSchemaVersions(db, projectId, { version: active.version, limit: 1 });
  return version ?? null;
}

type NewVersion = {
  id: string;
  projectId: string;
  version: number;
  labels: LabelDefinition[];
  createdById: string;
};

/** Makes a version the active one. The caller holds the project's row, so that versions come one after another. */
export async function insertActiveVersion(tx: Db, { labels, ...row }: NewVersion): Promise<void> {
  await tx.labelSchema.updateMany({
    where: { projectId: row.projectId, active: true },
    data: { active: false },
  });
  await tx.labelSchema.create({ data: { ...row, active: true, labels } });
}

const presentVersion = (row: VersionRow): SchemaVersion => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});
