import type { Session } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readSession } from "./session-repository";

/** One session with its figures as they are now. @throws AppError `not_found` */
export function getSession(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<Session> {
  return readSession(db, actor, id);
}
