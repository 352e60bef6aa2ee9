import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ImportOptions, type ImportRun, importOptions } from "@/contracts/imports";
import type { ProjectActor } from "@/server/modules/access";
import type { TestDatabase } from "@/server/testing/database";
import { checkHead } from "../check-head";
import { getImport } from "../read-imports";
import { receiveUpload, type Upload } from "../receive-upload";
import { runImport } from "../run-import";
import { startImport } from "../start-import";

export type TestFile = { bytes: Uint8Array; pieces?: number };
type Options = Partial<ImportOptions>;

const MEGABYTE = 1024 * 1024;

/** Takes a file in as the edge does, in pieces of `pieces` bytes. The caller closes it. */
async function upload(
  { bytes, pieces = MEGABYTE }: TestFile,
  options: Options = {},
  maxBytes = 100 * MEGABYTE,
): Promise<Upload> {
  const dir = await mkdtemp(path.join(tmpdir(), "tandem-upload-"));
  async function* body() {
    for (let at = 0; at < bytes.length; at += pieces) yield bytes.subarray(at, at + pieces);
  }
  const complete = importOptions.parse({ format: "csv", ...options });
  try {
    return await receiveUpload(body(), { dir, maxBytes, onHead: (head) => checkHead(head, complete) });
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Uploads a file and leaves it to be run; the import's id. */
export async function queueBytes(
  { db }: TestDatabase,
  member: ProjectActor,
  file: TestFile,
  options: Options = {},
): Promise<string> {
  const complete = importOptions.parse({ format: "csv", ...options });
  const received = await upload(file, options);
  try {
    const started = { upload: received, options: complete, fileName: "rows.csv", contentType: "text/csv" };
    return (await startImport(db, member, started)).id;
  } finally {
    await received.close();
  }
}

/** Imports a file from its first byte to its last row, as upload and worker do together. */
export async function importBytes(
  test: TestDatabase,
  member: ProjectActor,
  file: TestFile,
  options: Options = {},
): Promise<ImportRun> {
  const id = await queueBytes(test, member, file, options);
  const signal = new AbortController().signal;
  await runImport({ db: test.db, pool: test.pool, signal, lastAttempt: false }, id);
  return getImport(test.db, member, { id });
}

/** As {@link importBytes}, of a text in UTF-8. */
export const importText = (
  test: TestDatabase,
  member: ProjectActor,
  text: string,
  options: Options = {},
): Promise<ImportRun> => importBytes(test, member, { bytes: new TextEncoder().encode(text) }, options);
