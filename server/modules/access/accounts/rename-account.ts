import type { Db } from "@/server/platform/db";
import type { Actor } from "../actor";

/** Changes the name that others see; labels and verdicts follow, since they point at the person. */
export async function renameAccount(db: Db, { userId }: Actor, { name }: { name: string }): Promise<void> {
  await db.user.update({ where: { id: userId }, data: { name } });
}
