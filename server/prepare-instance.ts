import { ensureOwner } from "./modules/access";
import { getDb } from "./platform/db";
import { env } from "./platform/env";

/**
 * Makes the owner that the settings name, on an instance that has none, and opens the demo.
 * @returns the lines that say where to go on, the last one an address alone
 */
export async function prepareInstance(): Promise<string[]> {
  const { admin, demo, url, roles } = env();
  if (admin) await ensureOwner(getDb(), admin);
  if (!roles.includes("web")) return [`Tandem (${roles.join(", ")}) is ready.`];
  if (!demo) return [`Tandem ready at ${url}`];
  const { openDemo } = await import("./demo");
  const { join, signIn } = await openDemo(getDb(), url);
  return [
    "",
    "Tandem is ready. Ctrl-C stops it; what you do is kept.",
    "Open the last link; the other one is for a second person, in a private window or on another device.",
    "",
    `Second person: ${join}`,
    signIn,
  ];
}
