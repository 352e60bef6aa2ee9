import { open, seal } from "@/server/platform/crypto";
import { encryptionKey } from "@/server/platform/env";

/** Seals the key of one job for its row; it opens for that job alone. */
export function sealJobKey(apiKey: string, jobId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(seal(apiKey, encryptionKey(), jobId), "utf8"));
}

/** The key of a job, or null when it uses the server's own. */
export function openJobKey(sealed: Uint8Array | null, jobId: string): string | null {
  return sealed === null ? null : open(Buffer.from(sealed).toString("utf8"), encryptionKey(), jobId);
}
