import type { JoinInfo } from "@/contracts/access";
import type { ProjectRole } from "@/contracts/roles";

/** Ends "Ada Park invites you …": what the role does, in words of the work. */
export const roleInvitation: Record<ProjectRole, string> = {
  administrator: "to run the project with everything in it, as an administrator",
  reviewer: "to verify labels together, as a reviewer",
  annotator: "to label the records opened to you, as an annotator",
  viewer: "to look at records, labels and results, as a viewer",
};

/** Which kind of death an invitation died, and what to do. */
export function deadInvitation(state: Exclude<JoinInfo["state"], "active">, invitedBy: string): string {
  const ask = invitedBy ? `Ask ${invitedBy} for a new link.` : "Ask for a new link.";
  const why = {
    used: "This invitation has been used up.",
    expired: "This invitation has expired.",
    revoked: "This invitation was revoked.",
  };
  return `${why[state]} ${ask}`;
}
