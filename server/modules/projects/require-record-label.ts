import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { findActiveSchema } from "./get-schema";

/**
 * The definition of a record-level label of the active schema, and that schema's version.
 * @param path where the label was named in what the caller sent
 * @throws AppError `invalid` at `path` when there is none of this name, or it is for spans
 */
export async function requireRecordLabel(
  db: Db,
  actor: ProjectActor,
  name: string,
  path = "label",
): Promise<{ definition: LabelDefinition; schemaVersion: number }> {
  const schema = await findActiveSchema(db, actor);
  const definition = schema?.labelSchema.find((label) => label.name === name);
  if (schema && definition?.level === "record") return { definition, schemaVersion: schema.version };
  const known = (schema?.labelSchema ?? []).filter(({ level }) => level === "record");
  const names = known.map((label) => `"${label.name}"`).join(", ") || "none";
  const what = definition ? "is a label for spans" : "is no label of the active schema";
  throw new AppError("invalid", `"${name}" ${what}. Labels of records there: ${names}.`, {
    errors: [{ path, message: `${what}; labels of records there: ${names}` }],
  });
}
