import type { ProjectActor } from "@/server/modules/access";
import { countRecords } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/** @throws AppError `not_found` when some of the listed records don't exist; `path` names the list */
export async function refuseUnknown(
  db: Db,
  actor: ProjectActor,
  recordIds: readonly string[],
  path: string,
): Promise<void> {
  const ids = [...new Set(recordIds.map((id) => id.toLowerCase()))];
  const unknown = ids.length - (await countRecords(db, actor, { ids }));
  if (unknown > 0)
    throw new AppError(
      "not_found",
      `${unknown} of the ${ids.length} records don't exist. Nothing was saved.`,
      {
        errors: [{ path, message: "names records that don't exist" }],
      },
    );
}
