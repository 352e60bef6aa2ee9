import { inProject, root } from "./project.mjs";

/**
 * Makes plain JavaScript of programs of the server, one file each with what they share beside them. Packages stay
 * outside: they are found from where the files are.
 * @param {string[]} programs relative to the project
 * @param {{ from: string, to: string }} folders `from`, relative to the project, is `to` in what is made
 */
export async function bundle(programs, { from, to }) {
  const esbuild = await import("esbuild");
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: programs,
    outbase: inProject(from),
    outdir: to,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "silent",
  });
}
