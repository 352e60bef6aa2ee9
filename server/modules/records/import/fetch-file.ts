import path from "node:path";
import { type Db, inTransaction, sqlRun } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { AppError } from "@/server/platform/errors";
import { type OpenedUrl, openPublicUrl } from "@/server/platform/net/open-public-url";
import { checkHead } from "./check-head";
import { settleEncoding } from "./formats/encoding";
import { noteProgress, type RunnableImport } from "./import-repository";
import { formatByContent } from "./preview-import";
import { receiveUpload, tooLarge, type Upload } from "./receive-upload";
import { isBinary } from "./row-reader";
import { STORE_TIMEOUT, storeFile } from "./stored-file";

/** Asks an address for a file; `openPublicUrl` but in tests. */
export type OpenUrl = (url: string, options: { signal: AbortSignal }) => Promise<OpenedUrl>;

const PROGRESS_EVERY = 500;

/** Takes a file in from an address, as an upload is. The caller closes it. @throws AppError as `openPublicUrl`, `too_large` */
export async function receiveUrl(
  { body, bytes, contentType, fileName }: OpenedUrl,
  given: string | undefined,
): Promise<Upload> {
  const { maxImportBytes: maxBytes, dataDir } = env();
  try {
    if (bytes !== undefined && bytes > maxBytes) throw tooLarge(maxBytes);
    if (given === undefined && /^text\/html\b/i.test(contentType)) throw webPage(fileName);
    return await receiveUpload(body, {
      dir: path.join(dataDir, "uploads"),
      maxBytes,
      onHead: () => undefined,
    });
  } finally {
    await body.return(undefined);
  }
}

function webPage(fileName: string): AppError {
  const message = `The address gives a web page${fileName ? ` (${fileName})` : ""} and not a file of data. Use the address of the file itself.`;
  return new AppError("unsupported_media_type", message, { errors: [{ path: "url", message }] });
}

/**
 * Fetches the file of an import and keeps it, in a transaction of its own: a worker killed afterwards does not
 * fetch it again. What its first bytes show to be wrong ends the import before it is kept.
 * @throws AppError `import_cancelled`, `invalid_mapping`, … and as {@link receiveUrl}
 */
export async function fetchFile(
  { db, signal, openUrl = openPublicUrl }: { db: Db; signal: AbortSignal; openUrl?: OpenUrl | undefined },
  { id, url, options }: RunnableImport,
): Promise<void> {
  if (url === null) throw new Error("The import has no address.");
  await noteProgress(db, id, { phase: "fetching", progress: null, bytesRead: 0 });
  const opened = await openUrl(url, { signal });
  const upload = await receiveUrl(
    { ...opened, body: noted(opened, (progress) => noteProgress(db, id, progress)) },
    options.format,
  );
  try {
    const format = options.format ?? formatByContent(opened.fileName, upload.head);
    const complete = { ...options, format };
    checkHead(upload.head, complete);
    const encoding = isBinary(complete) ? null : settleEncoding(options.encoding, upload);
    await inTransaction(
      db,
      async (tx) => {
        const storedAs = await storeFile(tx, upload.read());
        await sqlRun(
          tx,
          `update "ImportRun" set "storedAs" = $2::text, "bytes" = $3::bigint, "encoding" = $4::text,
             "options" = $5::jsonb, "fileName" = $6::text, "contentType" = $7::text
           where "id" = $1::uuid`,
          [
            ...[id, storedAs, upload.size, encoding, JSON.stringify(complete)],
            ...[opened.fileName || null, opened.contentType.slice(0, 200)],
          ],
        );
      },
      { timeoutMs: STORE_TIMEOUT },
    );
  } finally {
    await upload.close();
  }
}

type Note = (progress: { phase: "fetching"; progress: number | null; bytesRead: number }) => Promise<void>;

async function* noted({ body, bytes }: OpenedUrl, note: Note): AsyncGenerator<Uint8Array> {
  let received = 0;
  let at = performance.now();
  for await (const piece of body) {
    received += piece.byteLength;
    if (performance.now() - at > PROGRESS_EVERY) {
      at = performance.now();
      await note({ phase: "fetching", progress: bytes ? received / bytes : null, bytesRead: received });
    }
    yield piece;
  }
}
