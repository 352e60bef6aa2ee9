import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { findActiveSchema } from "./get-schema";

export type FoundLabel = { definition: LabelDefinition; schemaVersion: number };

/**
 * The definition of a label of the active schema, and that schema's version.
 * @param path where the label was named in what the caller sent
 * @throws AppError `invalid` at `path` when there is none of this name
 */
export async function requireLabel(
  db: Db,
  actor: ProjectActor,
  name: string,
  path = "label",
): Promise<FoundLabel> {
  const schema = await findActiveSchema(db, actor);
  const definition = schema?.labelSchema.find((label) => label.name === name);
  if (schema && definition) return { definition, schemaVersion: schema.version };
  const names = (schema?.labelSchema ?? []).map((label) => `"${label.name}"`).join(", ") || "none";
  const what = "is no label of the active schema";
  throw new AppError("invalid", `"${name}" ${what}. Labels there: ${names}.`, {
    errors: [{ path, message: `${what}; labels there: ${names}` }],
  });
}
