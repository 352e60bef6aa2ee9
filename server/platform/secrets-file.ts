import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const secrets = z.object({ authSecret: z.string().min(32), encryptionKey: z.string().min(32) });

export type InstanceSecrets = z.output<typeof secrets>;

/**
 * The secrets of an embedded instance: made at its first start and kept in its data directory (mode 0600),
 * so that sessions and saved keys outlive a restart.
 */
export async function readOrMakeSecrets(dataDir: string): Promise<InstanceSecrets> {
  const file = path.join(dataDir, "secrets.json");
  const kept = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (kept !== undefined) return secrets.parse(JSON.parse(kept));
  const made = { authSecret: newSecret(), encryptionKey: newSecret() };
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeDurably(file, JSON.stringify(made));
  return made;
}

/** A half-written file after a power cut would lock everybody out, so: write aside, flush, rename. */
async function writeDurably(file: string, text: string): Promise<void> {
  const aside = `${file}.new`;
  const handle = await open(aside, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
