import type { Labeller } from "@/contracts/compare";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readLabellers } from "./labeller-repository";

/** Whoever has labelled records with this label: those that can be compared. */
export async function listLabellers(
  db: Db,
  actor: ProjectActor,
  { label }: { label: string },
): Promise<{ items: Labeller[] }> {
  requireScope(actor, "compare:read");
  return { items: await readLabellers(db, actor.projectId, label) };
}
