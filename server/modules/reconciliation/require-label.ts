import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/**
 * A label of the active schema, of records or of spans, and that schema's version.
 * @throws AppError `invalid` at `label` when there is none of this name
 */
export async function requireLabel(
  db: Db,
  actor: ProjectActor,
  name: string,
): Promise<{ definition: LabelDefinition; schemaVersion: number }> {
  const schema = await findActiveSchema(db, actor);
  const definition = schema?.labelSchema.find((label) => label.name === name);
  if (schema && definition) return { definition, schemaVersion: schema.version };
  const names = (schema?.labelSchema ?? []).map((label) => `"${label.name}"`).join(", ") || "none";
  throw new AppError("invalid", `"${name}" is no label of the active schema. Labels there: ${names}.`, {
    errors: [{ path: "label", message: `is no label of the active schema; there: ${names}` }],
  });
}
