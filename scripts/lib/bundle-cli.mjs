import { root } from "./project.mjs";

/**
 * Makes one file of the command line, which runs wherever there is Node: nothing stands beside it.
 * @param {string} file
 */
export async function bundleCli(file) {
  const esbuild = await import("esbuild");
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["sdk/cli/main.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "silent",
  });
}
