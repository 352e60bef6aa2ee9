import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** An absolute path of something in the project. */
export const inProject = (...parts) => path.join(root, ...parts);

/** Commands work in the project's folder, wherever they are called from. */
export function enterProject() {
  process.chdir(root);
}

/** The value in a JSON file, `undefined` when there is none that can be read. */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Every file at or below the paths given, sorted.
 * @param {string[]} paths relative to the project; one that is missing is passed over
 * @param {(file: string) => boolean} isWanted by the path relative to the project, with `/`
 * @returns {string[]} relative to the project
 */
export function listFiles(paths, isWanted = () => true) {
  const found = [];
  const visit = (file) => {
    const place = inProject(file);
    if (!existsSync(place)) return;
    if (statSync(place).isDirectory()) for (const name of readdirSync(place)) visit(`${file}/${name}`);
    else if (isWanted(file)) found.push(file);
  };
  for (const file of paths) visit(file);
  return found.sort();
}

/** One text for the names and contents of files: it changes when any of them does. */
export function hashFiles(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const bytes = readFileSync(inProject(file));
    hash.update(`${file}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}
