import type { ImportOptions, ImportRun } from "@/contracts/imports";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { isDiskFull } from "@/server/platform/database-problem";
import { type Db, inTransaction } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { enqueue } from "@/server/platform/queue";
import { settleEncoding } from "./formats/encoding";
import { noRoom, type Upload } from "./receive-upload";
import { isBinary } from "./row-reader";
import { STORE_TIMEOUT, storeFile } from "./stored-file";

/** Its handler is in the worker. */
const RUN_IMPORT_TASK = "run-import";
/** Tries after which an import that always ends in an error of the server is given up. */
export const MAX_IMPORT_ATTEMPTS = 5;
/** Bytes of a file that is imported in seconds: it need not wait for large ones. */
const SMALL = 2 * 1024 * 1024;
/** How much longer a workbook or Parquet file is unpacked, roughly. */
const PACKED = 8;

export type StartImportInput = {
  upload: Upload;
  options: ImportOptions;
  fileName: string | null;
  contentType: string;
  source?: "upload" | "paste";
};

/**
 * Hands a file that has arrived over to the workers.
 * @throws AppError `invalid_encoding`, `disk_full`
 */
export async function startImport(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { upload, options, fileName, contentType, source = "upload" }: StartImportInput,
): Promise<Pick<ImportRun, "id" | "status">> {
  const encoding = isBinary(options) ? null : settleEncoding(options.encoding, upload);
  const id = newId();
  await inTransaction(
    db,
    async (tx) => {
      const storedAs = await storeFile(tx, upload.read());
      await tx.importRun.create({
        data: {
          id,
          projectId,
          fileName,
          contentType,
          storedAs,
          bytes: BigInt(upload.size),
          kind: options.kind,
          source,
          options,
          encoding,
          createdById: userId,
        },
      });
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: "import.started",
        target: id,
        address,
        details: { fileName, bytes: upload.size, onExisting: options.onExisting },
      });
      await enqueueImport(tx, {
        importId: id,
        bytes: encoding === null ? upload.size * PACKED : upload.size,
      });
    },
    { timeoutMs: STORE_TIMEOUT },
  ).catch((error: unknown) => {
    throw isDiskFull(error) ? noRoom(error) : error;
  });
  return { id, status: "queued" };
}

type ImportTask = {
  importId: string;
  /** Size of the file unpacked, roughly, where it is known already. */
  bytes?: number;
};

/** Has a worker take the import up, once the transaction of `tx` commits; a small file before all that is long. */
export const enqueueImport = (
  tx: Db,
  { importId, bytes = Number.POSITIVE_INFINITY }: ImportTask,
): Promise<string> =>
  enqueue(
    tx,
    RUN_IMPORT_TASK,
    { importId },
    {
      ...{ key: `import:${importId}`, maxAttempts: MAX_IMPORT_ATTEMPTS },
      priority: bytes <= SMALL ? 1 : 0,
    },
  );
