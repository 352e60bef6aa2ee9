import type { z } from "zod";
import type { ImportPreview, previewUrlInput } from "@/contracts/imports";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { openPublicUrl } from "@/server/platform/net/open-public-url";
import { type OpenUrl, receiveUrl } from "./fetch-file";
import { HEAD_BYTES } from "./limits";
import { formatByContent, previewFile, previewImport } from "./preview-import";
import { isBinary } from "./row-reader";

type Input = Omit<z.infer<typeof previewUrlInput>, "project">;

/** Until the whole look must be over. */
const PATIENCE_MS = 60_000;

/**
 * Looks into the file of an address. Of a text file only the beginning is fetched.
 * @throws AppError as `openPublicUrl` and {@link previewImport}
 */
export async function previewUrl(
  db: Db,
  member: ProjectActor,
  { url, ...asked }: Input,
  openUrl: OpenUrl = openPublicUrl,
): Promise<ImportPreview> {
  const opened = await openUrl(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const { head, rest, whole } = await splitHead(opened.body);
  const { fileName } = opened;
  const format = asked.format ?? formatByContent(fileName, head);
  if (!isBinary({ format })) {
    await opened.body.return(undefined);
    const sample = head.toString("base64");
    return previewImport(db, member, { fileName, sample, whole, format, encoding: asked.encoding });
  }
  const upload = await receiveUrl({ ...opened, body: rest }, format);
  try {
    return await previewFile(db, member, upload, { ...asked, format, fileName });
  } finally {
    await upload.close();
  }
}

/** The first bytes, at most `HEAD_BYTES`, and all bytes anew. */
async function splitHead(body: AsyncGenerator<Uint8Array>) {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let done = false;
  while (!done && size <= HEAD_BYTES) {
    const next = await body.next();
    done = next.done === true;
    if (next.done) break;
    pieces.push(next.value);
    size += next.value.byteLength;
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    yield* pieces;
    yield* body;
  }
  return {
    head: Buffer.concat(pieces).subarray(0, HEAD_BYTES),
    rest: rest(),
    whole: done && size <= HEAD_BYTES,
  };
}
