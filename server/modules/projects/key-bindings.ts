import type { z } from "zod";
import { type KeyBindings, type keptKeyBindings, keyBindings } from "@/contracts/key-bindings";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";

/** Beside the arrangements of screens. */
const SCREEN = "keys";

type Kept = z.infer<typeof keptKeyBindings>;

/**
 * The keys that a person has chosen. They are kept with the membership in whose project they were changed last, and
 * hold in all projects: hands don't know in which project they are.
 */
export async function getKeyBindings(db: Db, { userId }: ProjectActor): Promise<Kept> {
  const row = await db.viewSetting.findFirst({
    where: { userId, screen: SCREEN },
    orderBy: { updatedAt: "desc" },
    select: { view: true },
  });
  // What another version wrote is no reason to have no keys.
  return { bindings: keyBindings.safeParse(row?.view).data ?? {} };
}

/** Keeps a person's keys, all of them; none forgets what was kept. The last ones to arrive stand. */
export async function putKeyBindings(
  db: Db,
  { projectId, userId }: ProjectActor,
  { bindings }: { bindings: KeyBindings },
): Promise<Kept> {
  if (Object.keys(bindings).length === 0)
    await db.viewSetting.deleteMany({ where: { userId, screen: SCREEN } });
  else
    await db.viewSetting.upsert({
      where: { projectId_userId_screen: { projectId, userId, screen: SCREEN } },
      create: { projectId, userId, screen: SCREEN, view: bindings },
      update: { view: bindings, updatedAt: new Date() },
    });
  return { bindings };
}
