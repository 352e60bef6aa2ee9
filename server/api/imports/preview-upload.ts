import path from "node:path";
import { type ImportPreview, previewFileQuery } from "@/contracts/imports";
import type { ProjectActor } from "@/server/modules/access";
import { previewFile, receiveUpload, tooLarge } from "@/server/modules/records";
import type { Db } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { bodyBytes } from "./body-bytes";

/** Looks into the file that a request's body is; nothing of it is kept. @throws AppError `too_large`, …; ZodError */
export async function previewUpload(db: Db, member: ProjectActor, request: Request): Promise<ImportPreview> {
  const { maxImportBytes: maxBytes, dataDir } = env();
  const asked = previewFileQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const dir = path.join(dataDir, "uploads");
  const upload = await receiveUpload(bodyBytes(request), { dir, maxBytes, onHead: () => undefined });
  try {
    return await previewFile(db, member, upload, asked);
  } finally {
    await upload.close();
  }
}
