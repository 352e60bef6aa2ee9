import type { ProjectActor } from "@/server/modules/access";

/** Reads like a viewer, on nobody's behalf: for figures that the server keeps for everybody. */
export const teamEyes = (projectId: string): ProjectActor => ({
  projectId,
  projectSlug: "",
  userId: "00000000-0000-0000-0000-000000000000",
  userName: "",
  role: "viewer",
  tokenScopes: [],
});
