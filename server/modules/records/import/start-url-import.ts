import type { ImportRun } from "@/contracts/imports";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { publicUrlProblem } from "@/server/platform/net/open-public-url";
import { type StoredOptions, storedOptions } from "./import-repository";
import { enqueueImport } from "./start-import";

/**
 * Has the workers fetch a file from an address and import it.
 * @throws AppError `invalid` for an address that is private or no address, before anything is asked of it
 */
export async function startUrlImport(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { url, ...given }: StoredOptions & { url: string },
): Promise<Pick<ImportRun, "id" | "status">> {
  const problem = await publicUrlProblem(url);
  if (problem) throw new AppError("invalid", problem, { errors: [{ path: "url", message: problem }] });
  const options = settleLabels(storedOptions.parse(given));
  const id = newId();
  await inTransaction(db, async (tx) => {
    await tx.importRun.create({
      data: {
        ...{ id, projectId, options, url, source: "url", kind: options.kind },
        ...{ contentType: "", createdById: userId },
      },
    });
    await recordAudit(tx, {
      ...{ projectId, actorId: userId, action: "import.started", target: id, address },
      details: { url: url.split("?")[0] ?? "", onExisting: options.onExisting },
    });
    await enqueueImport(tx, { importId: id });
  });
  return { id, status: "queued" };
}

/** Of an import of labels: what its tool's format says about the file, and that known records stay as they are. */
function settleLabels(options: StoredOptions): StoredOptions {
  if (options.kind === "records") return options;
  const message = 'must say whose labels the file brings, such as {"format": "doccano"}';
  if (!options.labels)
    throw new AppError("invalid", `"labels" ${message}.`, { errors: [{ path: "labels", message }] });
  return {
    ...options,
    ...(options.labels.format === "conll" ? { format: "conll" } : {}),
    onExisting: "skip",
  };
}
