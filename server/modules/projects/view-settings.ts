import type { z } from "zod";
import {
  columnView,
  type putViewSettingInput,
  type viewSetting,
  type viewSettingRef,
} from "@/contracts/views";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";

type ViewSetting = z.infer<typeof viewSetting>;

/** How this member arranged a screen's table in this project; null while they have not. */
export async function getViewSetting(
  db: Db,
  { projectId, userId }: ProjectActor,
  { screen }: Omit<z.infer<typeof viewSettingRef>, "project">,
): Promise<ViewSetting> {
  const row = await db.viewSetting.findUnique({
    where: { projectId_userId_screen: { projectId, userId, screen } },
  });
  // A view that another version wrote is no reason to show no table.
  return { view: columnView.safeParse(row?.view).data ?? null };
}

/** Keeps how this member arranged a screen's table, or forgets it; the last one to arrive stands. */
export async function putViewSetting(
  db: Db,
  { projectId, userId }: ProjectActor,
  { screen, view }: Omit<z.infer<typeof putViewSettingInput>, "project">,
): Promise<ViewSetting> {
  if (view === null) await db.viewSetting.deleteMany({ where: { projectId, userId, screen } });
  else
    await db.viewSetting.upsert({
      where: { projectId_userId_screen: { projectId, userId, screen } },
      create: { projectId, userId, screen, view },
      update: { view, updatedAt: new Date() },
    });
  return { view };
}
