import { roleAllows } from "@/contracts/roles";
import type { ProjectActor } from "@/server/modules/access";

/** Whether an actor may see how fast others work: whoever runs sessions may; everybody sees their own. */
export const seesPace = (actor: ProjectActor): boolean => roleAllows(actor.role, "sessions:write");
