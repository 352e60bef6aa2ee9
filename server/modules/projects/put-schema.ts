import { isDeepStrictEqual } from "node:util";
import type { SchemaVersion } from "@/contracts/label-schema";
import { parseLabelSchema } from "@/contracts/label-schema-forms";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { insertActiveVersion, readActiveSchema } from "./schema-repository";

/** Either key, with any form that `parseLabelSchema` knows. */
type PutSchemaInput = { labelSchema?: unknown; label_schema?: unknown };

/**
 * Makes a new version of the label schema the active one. Labels that were given under older versions stay as
 * they are. A schema equal to the active one makes no version.
 * @returns the version that is active afterwards
 * @throws AppError `invalid_schema` with one problem for each wrong field
 */
export async function putSchema(
  db: Db,
  { projectId, userId, address }: Pick<ProjectActor, "projectId" | "userId" | "address">,
  { labelSchema, label_schema }: PutSchemaInput,
): Promise<SchemaVersion> {
  const parsed = parseLabelSchema(labelSchema ?? label_schema);
  if (!parsed.ok) throw invalidSchema(parsed.problems);
  return inTransaction(db, async (tx) => {
    // Two people who save at once get two versions, one after the other.
    await sqlRows(tx, `select 1 from "Project" where "id" = $1::uuid for no key update`, [projectId]);
    const active = await readActiveSchema(tx, projectId);
    if (active && isDeepStrictEqual(active.labelSchema, parsed.labels)) return active;
    const version = (active?.version ?? 0) + 1;
    await insertActiveVersion(tx, {
      id: newId(),
      projectId,
      version,
      labels: parsed.labels,
      createdById: userId,
    });
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "schema.changed",
      target: String(version),
      address,
      details: { version, labels: parsed.labels.map(({ name }) => name) },
    });
    const made = await readActiveSchema(tx, projectId);
    if (!made) throw new AppError("internal", "The new schema version is missing.");
    return made;
  });
}

/** A label schema that can't be used, with one problem for each wrong field. */
export function invalidSchema(problems: { path: string; message: string }[]): AppError {
  const first = problems[0];
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const detail = first ? `${first.path}: ${first.message}${others}` : "it has no labels";
  return new AppError("invalid_schema", `This label schema can't be used: ${detail}.`, { errors: problems });
}
