import { existsSync } from "node:fs";
import path from "node:path";

/** Real inputs lie beside the repository, since their licences keep them out of it. */
const FOLDER = path.resolve(import.meta.dirname, "../../../shared/data");

/** Path of a real input, and whether it is there; a test skips with `reason` where it is not. */
export function realInput(name: string): { path: string; missing: boolean; reason: string } {
  const file = path.join(FOLDER, name);
  return { path: file, missing: !existsSync(file), reason: `${name} is not beside the repository` };
}
