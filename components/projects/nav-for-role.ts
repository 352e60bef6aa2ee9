import { type NavItem, type NavKey, projectNav } from "@/components/layout/project-nav";
import { type ProjectRole, roleAllows, type Scope } from "@/contracts/roles";

/** What a role must be allowed to do for a screen to be of use to it. */
const needs: Partial<Record<NavKey, Scope>> = {
  overview: "project:read",
  inbox: "discussions:read",
  records: "records:read",
  // An annotator finds what is theirs on the overview.
  subsets: "members:read",
  assignments: "members:read",
  schema: "schema:read",
  agents: "agents:read",
  jobs: "jobs:read",
  verify: "sessions:read",
  compare: "compare:read",
  statistics: "compare:read",
  "final-labels": "aggregation:read",
  settings: "members:read",
};

/** The screens of a project that this role may open, in the order of the work. */
export function navForRole(project: string, role: ProjectRole): NavItem[] {
  return projectNav(project).filter(({ key }) => {
    const scope = needs[key];
    return scope === undefined || roleAllows(role, scope);
  });
}
