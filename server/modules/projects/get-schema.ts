import type { LabelDefinition, SchemaVersion } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { readActiveSchema, readSchemaVersions } from "./schema-repository";

/**
 * The active label schema, or the version asked for.
 * @throws AppError `no_schema` (404) when the project has none yet, `not_found` for an unknown version
 */
export async function getSchema(
  db: Db,
  { projectId }: ProjectActor,
  { version }: { version?: number } = {},
): Promise<SchemaVersion> {
  if (version === undefined) {
    const active = await readActiveSchema(db, projectId);
    if (active) return active;
    throw new AppError("no_schema", "This project has no label schema yet.", { status: 404 });
  }
  const [found] = await readSchemaVersions(db, projectId, { version, limit: 1 });
  if (found) return found;
  throw new AppError("not_found", `The label schema has no version ${version}.`);
}

/** The active label schema, or null when the project has none yet. */
export function findActiveSchema(
  db: Db,
  { projectId }: { projectId: string },
): Promise<SchemaVersion | null> {
  return readActiveSchema(db, projectId);
}

/** The labels of one version, for work in the background. @throws AppError `not_found` */
export async function getSchemaLabels(
  db: Db,
  projectId: string,
  version: number,
): Promise<LabelDefinition[]> {
  const [found] = await readSchemaVersions(db, projectId, { version, limit: 1 });
  if (!found) throw new AppError("not_found", `The label schema has no version ${version}.`);
  return found.labelSchema;
}
