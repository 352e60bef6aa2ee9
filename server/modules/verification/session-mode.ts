import type { Session } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";

export type SessionMode = Session["mode"];

/** Whose rooms the asker's decisions go to: their own in an independent session, else everybody's (null). */
export const roomOwner = (mode: SessionMode, { userId }: Pick<ProjectActor, "userId">): string | null =>
  mode === "independent" ? userId : null;
