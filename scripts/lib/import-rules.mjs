import { existsSync } from "node:fs";
import path from "node:path";
import { inProject, root } from "./project.mjs";
import { run, tool } from "./run.mjs";
import { Problem } from "./steps.mjs";

const FOLDERS = ["app", "bench", "components", "contracts", "e2e", "prisma/seed", "sdk", "server", "trpc"];

/**
 * Tries every import against the rules of .dependency-cruiser.cjs.
 * @param {string} [folder] a tree laid out like the project
 * @returns {Promise<{ rule: string, from: string, to: string }[]>} the imports that break one
 * @throws {Problem} when nothing was looked at, which would pass for a clean tree
 */
export async function findForbiddenImports(folder = root) {
  const present = FOLDERS.filter((name) => existsSync(path.join(folder, name)));
  const config = inProject(".dependency-cruiser.cjs");
  const words = tool("dependency-cruiser", ...present, "--config", config, "--output-type", "json");
  const { output, said } = await run(words, { cwd: folder });
  const { summary } = parse(output, said);
  if (summary.totalCruised === 0)
    throw new Problem("The import rules saw no file at all: check that TypeScript is installed.");
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

function parse(output, said) {
  try {
    return JSON.parse(output);
  } catch {
    throw new Problem("The imports could not be read: see above.", said);
  }
}
