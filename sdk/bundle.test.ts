import path from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("is its own files and nothing else, for the browser and for Node alike", async () => {
  for (const platform of ["browser", "node"] as const) {
    const { metafile, errors, warnings } = await build({
      entryPoints: [path.join(import.meta.dirname, "index.ts")],
      absWorkingDir: path.resolve(import.meta.dirname, ".."),
      bundle: true,
      format: "esm",
      platform,
      write: false,
      metafile: true,
    });
    expect([...errors, ...warnings]).toEqual([]);
    expect(Object.keys(metafile.inputs).filter((file) => !file.startsWith("sdk/"))).toEqual([]);
    const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    expect(imported).toEqual([]);
  }
});
