import { type ProjectRole, projectRoles } from "@/contracts/roles";

const hints: Record<ProjectRole, string> = {
  administrator: "Everything, with people and settings",
  reviewer: "Verifies, saves subsets, makes final labels; sees all labels",
  annotator: "Labels what is opened to them; sees only their own labels",
  viewer: "Sees what a reviewer sees, changes nothing",
};

export const roleName = (role: ProjectRole): string => role.charAt(0).toUpperCase() + role.slice(1);

/** The roles for a `Select`, each with what it is for. */
export const roleOptions = projectRoles.map((value) => ({
  value,
  label: roleName(value),
  hint: hints[value],
}));
