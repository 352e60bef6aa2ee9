import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { prepareDataDir } from "./data-dir";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tandem-data-dir-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("makes the folder for its owner alone, and may be asked again", async () => {
  const dataDir = path.join(folder, "a", "b");
  await prepareDataDir(dataDir);
  await prepareDataDir(dataDir);
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
});

it("says in one line what keeps it from being written", async () => {
  const file = path.join(folder, "file");
  await writeFile(file, "");
  for (const dataDir of [file, path.join(file, "below")]) {
    await expect(prepareDataDir(dataDir)).rejects.toThrow(/^The data directory .*set TANDEM_DATA_DIR/);
  }
});
