import type { ListOf } from "@/contracts/common";
import type { SchemaVersion } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { readSchemaVersions } from "./schema-repository";

/** Every version of the label schema, newest first; the cursor is the number of the last one given. */
export async function listSchemaVersions(
  db: Db,
  { projectId }: ProjectActor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<SchemaVersion>> {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw invalidCursor();
  const before = cursor === undefined ? undefined : Number(cursor);
  const found = await readSchemaVersions(db, projectId, { before, limit: limit + 1 });
  return {
    ...cutPage(found, limit, ({ version }) => String(version)),
    total: await db.labelSchema.count({ where: { projectId } }),
    totalExact: true,
  };
}
