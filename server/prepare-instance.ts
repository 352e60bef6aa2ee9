import { ensureOwner } from "./modules/access";
import { getDb } from "./platform/db";
import { env } from "./platform/env";

/** Makes the owner that the settings name, on an instance that has none. */
export async function prepareInstance(): Promise<void> {
  const { admin } = env();
  if (admin) await ensureOwner(getDb(), admin);
}
