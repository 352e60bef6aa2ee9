import { open, rename, rm, writeFile } from "node:fs/promises";
import { CliError } from "./cli-error";

/**
 * Writes a file that is there whole or not at all: as `<file>.part`, which takes its name at the end.
 * @throws what the source throws, after what was written is gone
 */
export async function writeWhole(
  file: string,
  bytes: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, "wx").catch((error: NodeJS.ErrnoException) => {
    throw new CliError(
      error.code === "EEXIST"
        ? `${part} is there already: another export may be writing it. Delete it, or choose another --out.`
        : `The file could not be written: ${error.message}.`,
    );
  });
  try {
    try {
      await writeFile(handle, bytes, { signal });
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
