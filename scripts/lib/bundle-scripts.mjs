import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle } from "./bundle.mjs";
import { inProject, listFiles } from "./project.mjs";

/**
 * Once a run, for vitest: makes plain JavaScript of the programs that tests start as processes of their own. A start
 * from the sources reads and translates hundreds of files.
 * @param {import("vitest/node").TestProject} project
 */
export default async function setup(project) {
  const folder = await mkdtemp(path.join(tmpdir(), "tandem-scripts-"));
  const isProgram = (file) => file === "server/main.ts" || file.endsWith("-process.ts");
  const make = () => bundle(listFiles(["server"], isProgram), { from: ".", to: folder });
  await make();
  project.onTestsRerun(make);
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await symlink(inProject("node_modules"), path.join(folder, "node_modules"), "junction");
  process.env.TANDEM_TEST_SCRIPTS = folder;
  return () => rm(folder, { recursive: true });
}
