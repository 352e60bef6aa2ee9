import type { z } from "zod";
import { diffLabelSchemas, type schemaDiff } from "@/contracts/label-schema-diff";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { getSchema } from "./get-schema";

/** What changed between two versions of the label schema. @throws AppError `not_found` */
export async function diffSchemaVersions(
  db: Db,
  actor: ProjectActor,
  versions: { from: number; to: number },
): Promise<z.infer<typeof schemaDiff>> {
  const from = await getSchema(db, actor, { version: versions.from });
  const to = await getSchema(db, actor, { version: versions.to });
  return {
    from: from.labelSchema,
    to: to.labelSchema,
    changes: diffLabelSchemas(from.labelSchema, to.labelSchema),
  };
}
