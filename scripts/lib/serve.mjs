import { pathToFileURL } from "node:url";
import { isBuilt, SERVER } from "./build.mjs";
import { endWithNpm } from "./end-with-npm.mjs";
import { Problem } from "./steps.mjs";

/**
 * Plays the server in this process, so that a signal reaches it directly.
 * @param {Record<string, string>} [settings] variables that count unless they are set already
 */
export async function serve(settings = {}) {
  if (!isBuilt())
    throw new Problem("Tandem is not built yet: run npm run build first (or npm run demo, which does all).");
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
  process.env.NODE_ENV = "production";
  process.setSourceMapsEnabled(true);
  endWithNpm();
  await import(pathToFileURL(SERVER).href);
}
